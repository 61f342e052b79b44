namespace ChatHub.Contracts;

/// <summary>The events that the server sends: each method's name is the event's name on the wire.</summary>
public interface IChatClient
{
    /// <summary>A message request reached the user.</summary>
    Task RequestReceived(RequestReceived e);

    /// <summary>One of the user's own requests changed.</summary>
    Task RequestChanged(RequestChanged e);

    /// <summary>A request was accepted: the conversation is open.</summary>
    Task RequestAccepted(RequestAccepted e);

    /// <summary>A request left the user's folder.</summary>
    Task RequestRemoved(RequestRemoved e);

    /// <summary>The user deleted many requests at once, on another device.</summary>
    Task RequestsRemoved(RequestsRemoved e);

    /// <summary>The user brought a deleted request back, on another device.</summary>
    Task RequestRestored(RequestRestored e);

    /// <summary>A message arrived.</summary>
    Task MessageReceived(MessageReceived e);

    /// <summary>A message was edited or removed, or a reaction to it changed.</summary>
    Task MessageChanged(MessageChanged e);

    /// <summary>Messages were seen.</summary>
    Task MessagesSeen(MessagesSeen e);

    /// <summary>A conversation was opened or changed.</summary>
    Task ConversationChanged(ConversationChanged e);

    /// <summary>The user blocked or unblocked someone.</summary>
    Task BlockChanged(BlockChanged e);

    /// <summary>The user's profile, settings or ban changed.</summary>
    Task MeChanged(MeChanged e);

    /// <summary>A peer is typing.</summary>
    Task Typing(Typing e);

    /// <summary>A peer went online or offline.</summary>
    Task PresenceChanged(PresenceChanged e);

    /// <summary>The server's version of the user's inbox.</summary>
    Task Position(Position e);

    /// <summary>The server shuts down.</summary>
    Task ServerDraining(ServerDraining e);
}
