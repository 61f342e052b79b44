using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>
/// The server's events, typed. Handlers run one at a time in the order of arrival, and the next event waits for them: they
/// must not block or throw. Queue longer work.
/// </summary>
public sealed class HubEvents : IChatClient
{
    /// <summary>A message request reached the user.</summary>
    public event Action<RequestReceived>? RequestReceived;

    /// <summary>One of the user's own requests was sent from another device, withdrawn, expired, or opened a chat at once.</summary>
    public event Action<RequestChanged>? RequestChanged;

    /// <summary>One of the user's own requests was accepted, or the user accepted one on another device.</summary>
    public event Action<RequestAccepted>? RequestAccepted;

    /// <summary>A request has left the user's folder.</summary>
    public event Action<RequestRemoved>? RequestRemoved;

    /// <summary>The user has deleted many requests at once on another device.</summary>
    public event Action<RequestsRemoved>? RequestsRemoved;

    /// <summary>The user has brought a deleted request back on another device.</summary>
    public event Action<RequestRestored>? RequestRestored;

    /// <summary>A message from a peer, or from the user's other devices.</summary>
    public event Action<MessageReceived>? MessageReceived;

    /// <summary>A message was edited or removed, or a reaction to it changed, by the peer or on another device.</summary>
    public event Action<MessageChanged>? MessageChanged;

    /// <summary>A peer has seen the user's messages, or the user has seen theirs on another device.</summary>
    public event Action<MessagesSeen>? MessagesSeen;

    /// <summary>A conversation has changed in anything but its messages: opened, blocked, erased.</summary>
    public event Action<ConversationChanged>? ConversationChanged;

    /// <summary>The user blocked or unblocked someone on another device.</summary>
    public event Action<BlockChanged>? BlockChanged;

    /// <summary>The user's profile or settings were changed on another device, or a ban began or ended.</summary>
    public event Action<MeChanged>? MeChanged;

    /// <summary>A peer is typing; shown for 5 seconds.</summary>
    public event Action<Typing>? Typing;

    /// <summary>A peer went online or offline.</summary>
    public event Action<PresenceChanged>? PresenceChanged;

    /// <summary>The server's version of the user's inbox: a client that is behind calls Sync.</summary>
    public event Action<Position>? Position;

    /// <summary>The server shuts down; the client reconnects by itself.</summary>
    public event Action<ServerDraining>? ServerDraining;

    Task IChatClient.RequestReceived(RequestReceived e) => Raise(RequestReceived, e);
    Task IChatClient.RequestChanged(RequestChanged e) => Raise(RequestChanged, e);
    Task IChatClient.RequestAccepted(RequestAccepted e) => Raise(RequestAccepted, e);
    Task IChatClient.RequestRemoved(RequestRemoved e) => Raise(RequestRemoved, e);
    Task IChatClient.RequestsRemoved(RequestsRemoved e) => Raise(RequestsRemoved, e);
    Task IChatClient.RequestRestored(RequestRestored e) => Raise(RequestRestored, e);
    Task IChatClient.MessageReceived(MessageReceived e) => Raise(MessageReceived, e);
    Task IChatClient.MessageChanged(MessageChanged e) => Raise(MessageChanged, e);
    Task IChatClient.MessagesSeen(MessagesSeen e) => Raise(MessagesSeen, e);
    Task IChatClient.ConversationChanged(ConversationChanged e) => Raise(ConversationChanged, e);
    Task IChatClient.BlockChanged(BlockChanged e) => Raise(BlockChanged, e);
    Task IChatClient.MeChanged(MeChanged e) => Raise(MeChanged, e);
    Task IChatClient.Typing(Typing e) => Raise(Typing, e);
    Task IChatClient.PresenceChanged(PresenceChanged e) => Raise(PresenceChanged, e);
    Task IChatClient.Position(Position e) => Raise(Position, e);
    Task IChatClient.ServerDraining(ServerDraining e) => Raise(ServerDraining, e);

    private static Task Raise<T>(Action<T>? handlers, T e)
    {
        handlers?.Invoke(e);
        return Task.CompletedTask;
    }
}
