namespace ChatHub.Contracts;

/// <summary>An event that is stored: it carries the receiver's next version and their badges.</summary>
public interface IVersioned
{
    /// <summary>1 more than the receiver's last; 0 in the result of a call that changed nothing.</summary>
    long Version { get; }

    /// <summary>The receiver's badges with this change.</summary>
    Badges Badges { get; }
}

/// <summary>To the recipient: a message request arrived.</summary>
public sealed record RequestReceived : IVersioned
{
    /// <summary>The user's version with this change; 0 in a result that changed nothing.</summary>
    public required long Version { get; init; }

    /// <summary>The request in its present state.</summary>
    public required Request Request { get; init; }

    /// <summary>The user's badges with this change.</summary>
    public required Badges Badges { get; init; }
}

/// <summary>The sender's view of their request: sent, withdrawn, expired, or opened at once (then with the conversation).</summary>
public sealed record RequestChanged : IVersioned
{
    /// <summary>The user's version with this change; 0 in a result that changed nothing.</summary>
    public required long Version { get; init; }

    /// <summary>The request in its present state.</summary>
    public required Request Request { get; init; }

    /// <summary>The conversation, if one was opened at once.</summary>
    public Conversation? Conversation { get; init; }

    /// <summary>On crossing: the other side's request, now accepted.</summary>
    public Request? AcceptedRequest { get; init; }

    /// <summary>The user's badges with this change.</summary>
    public required Badges Badges { get; init; }
}

/// <summary>To the sender live, and to the accepter's other devices.</summary>
public sealed record RequestAccepted : IVersioned
{
    /// <summary>The user's version with this change; 0 in a result that changed nothing.</summary>
    public required long Version { get; init; }

    /// <summary>The request in its present state.</summary>
    public required Request Request { get; init; }

    /// <summary>The conversation in its present state.</summary>
    public required Conversation Conversation { get; init; }

    /// <summary>The user's badges with this change.</summary>
    public required Badges Badges { get; init; }
}

/// <summary>The recipient's view: deleted, withdrawn or expired.</summary>
public sealed record RequestRemoved : IVersioned
{
    /// <summary>The user's version with this change; 0 in a result that changed nothing.</summary>
    public required long Version { get; init; }

    /// <summary>The request that left the folder.</summary>
    public required string RequestId { get; init; }

    /// <summary>The user's badges with this change.</summary>
    public required Badges Badges { get; init; }
}

/// <summary>To the peer, and to the sender's other devices; with the conversation when it is new to that user.</summary>
public sealed record MessageReceived : IVersioned
{
    /// <summary>The user's version with this change; 0 in a result that changed nothing.</summary>
    public required long Version { get; init; }

    /// <summary>The message.</summary>
    public required Message Message { get; init; }

    /// <summary>The conversation, when it is new to the user.</summary>
    public Conversation? Conversation { get; init; }

    /// <summary>How many messages of the conversation the user has not seen.</summary>
    public required long UnreadCount { get; init; }

    /// <summary>The user's badges with this change.</summary>
    public required Badges Badges { get; init; }
}

/// <summary>To the sender, whose bubbles up to <see cref="Seq"/> turn from blue to green, and to the reader's other devices.</summary>
public sealed record MessagesSeen : IVersioned
{
    /// <summary>The user's version with this change; 0 in a result that changed nothing.</summary>
    public required long Version { get; init; }

    /// <summary>The conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The reader's user id.</summary>
    public required string SeenBy { get; init; }

    /// <summary>The highest seq that was seen.</summary>
    public required long Seq { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How many messages of the conversation the user has not seen.</summary>
    public required long UnreadCount { get; init; }

    /// <summary>The user's badges with this change.</summary>
    public required Badges Badges { get; init; }
}

/// <summary>A conversation was opened, or anything but its messages changed.</summary>
public sealed record ConversationChanged : IVersioned
{
    /// <summary>The user's version with this change; 0 in a result that changed nothing.</summary>
    public required long Version { get; init; }

    /// <summary>The conversation in its present state.</summary>
    public required Conversation Conversation { get; init; }

    /// <summary>The user's badges with this change.</summary>
    public required Badges Badges { get; init; }
}

/// <summary>To the blocker's own devices only: the blocked side is not notified.</summary>
public sealed record BlockChanged : IVersioned
{
    /// <summary>The user's version with this change; 0 in a result that changed nothing.</summary>
    public required long Version { get; init; }

    /// <summary>The other user.</summary>
    public required string UserId { get; init; }

    /// <summary>Whether the user blocks them now.</summary>
    public required bool YouBlocked { get; init; }

    /// <summary>The conversation with them, if there is one.</summary>
    public Conversation? Conversation { get; init; }

    /// <summary>The user's own request to them that the block withdrew.</summary>
    public Request? WithdrawnRequest { get; init; }

    /// <summary>Their requests that the block removed.</summary>
    public required IReadOnlyList<string> RemovedRequestIds { get; init; }

    /// <summary>The user's badges with this change.</summary>
    public required Badges Badges { get; init; }
}

/// <summary>Settings, profile, a ban and its end.</summary>
public sealed record MeChanged : IVersioned
{
    /// <summary>The user's version with this change; 0 in a result that changed nothing.</summary>
    public required long Version { get; init; }

    /// <summary>The user in their present state.</summary>
    public required Me Me { get; init; }

    Badges IVersioned.Badges => Me.Badges;
}

/// <summary>Not stored; shown for 5 seconds.</summary>
public sealed record Typing
{
    /// <summary>The conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Who is typing.</summary>
    public required string UserId { get; init; }
}

/// <summary>Not stored; only to people with an open chat, both showing their presence.</summary>
public sealed record PresenceChanged
{
    /// <summary>The peer.</summary>
    public required string UserId { get; init; }

    /// <summary>Whether they are online now.</summary>
    public required bool IsOnline { get; init; }

    /// <summary>When the user was last online; null when hidden or unknown.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }
}

/// <summary>Not stored; a client whose version is behind calls Sync.</summary>
public sealed record Position
{
    /// <summary>The database's epoch.</summary>
    public required string Epoch { get; init; }

    /// <summary>The user's version at the server.</summary>
    public required long Version { get; init; }
}

/// <summary>Not stored; reconnect after a random wait within that time.</summary>
public sealed record ServerDraining
{
    /// <summary>Within how many seconds to reconnect.</summary>
    public required int ReconnectWithinSeconds { get; init; }
}
