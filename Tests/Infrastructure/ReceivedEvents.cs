using ChatHub.Client;
using ChatHub.Contracts;

namespace ChatHub.Tests.Infrastructure;

/// <summary>All events that a connection receives: durable ones in their order, transient ones by kind.</summary>
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
        events.MessageChanged += Stored.Add;
        events.MessagesSeen += Stored.Add;
        events.ConversationChanged += Stored.Add;
        events.BlockChanged += Stored.Add;
        events.MeChanged += Stored.Add;
        events.Typing += Typing.Add;
        events.PresenceChanged += Presence.Add;
        events.Position += Positions.Add;
    }

    public ReceivedQueue<IVersioned> Stored { get; } = new();
    public ReceivedQueue<Typing> Typing { get; } = new();
    public ReceivedQueue<PresenceChanged> Presence { get; } = new();
    public ReceivedQueue<Position> Positions { get; } = new();
}
