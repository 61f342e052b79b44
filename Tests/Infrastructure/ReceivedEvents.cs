using ChatHub.Client;
using ChatHub.Contracts;

namespace ChatHub.Tests.Infrastructure;

/// <summary>All events that a connection hears: the stored ones in their one order, the fleeting ones by kind.</summary>
public sealed class ReceivedEvents
{
    public ReceivedEvents(HubEvents events)
    {
        events.RequestReceived += Stored.Add;
        events.RequestChanged += Stored.Add;
        events.RequestAccepted += Stored.Add;
        events.RequestRemoved += Stored.Add;
        events.RequestsRemoved += Stored.Add;
        events.RequestRestored += Stored.Add;
        events.MessageReceived += Stored.Add;
        events.MessagesSeen += Stored.Add;
        events.ConversationChanged += Stored.Add;
        events.BlockChanged += Stored.Add;
        events.MeChanged += Stored.Add;
        events.Typing += Typing.Add;
        events.PresenceChanged += Presence.Add;
        events.Position += Positions.Add;
    }

    public Arrivals<IVersioned> Stored { get; } = new();
    public Arrivals<Typing> Typing { get; } = new();
    public Arrivals<PresenceChanged> Presence { get; } = new();
    public Arrivals<Position> Positions { get; } = new();
}
