using ChatHub.Client;

namespace ChatHub.Terminal.Live;

/// <summary>Leads every event of the wire into the feed.</summary>
internal static class LiveEvents
{
    public static void Feed(HubEvents events, LiveFeed feed)
    {
        events.RequestReceived += e => feed.Post(LiveEvent.Of(e));
        events.RequestChanged += e => feed.Post(LiveEvent.Of(e));
        events.RequestAccepted += e => feed.Post(LiveEvent.Of(e));
        events.RequestRemoved += e => feed.Post(LiveEvent.Of(e));
        events.MessageReceived += e => feed.Post(LiveEvent.Of(e));
        events.MessagesSeen += e => feed.Post(LiveEvent.Of(e));
        events.ConversationChanged += e => feed.Post(LiveEvent.Of(e));
        events.BlockChanged += e => feed.Post(LiveEvent.Of(e));
        events.MeChanged += e => feed.Post(LiveEvent.Of(e));
        events.Typing += e => feed.Post(LiveEvent.Of(e));
        events.PresenceChanged += e => feed.Post(LiveEvent.Of(e));
        events.Position += e => feed.Post(LiveEvent.Of(e));
        events.ServerDraining += e => feed.Post(LiveEvent.Of(e));
    }
}
