namespace ChatHub.Contracts;

/// <summary>An event that is stored: it carries the receiver's next version and their badges.</summary>
public interface IVersioned
{
    /// <summary>1 more than the receiver's last; 0 in the answer of a call that found nothing left to do.</summary>
    long Version { get; }
    Badges Badges { get; }
}

/// <summary>To the recipient: somebody asks.</summary>
public sealed record RequestReceived : IVersioned
{
    public required long Version { get; init; }
    public required Request Request { get; init; }
    public required Badges Badges { get; init; }
}

/// <summary>The sender's view of their request: sent, withdrawn, expired, or opened at once (then with the conversation).</summary>
public sealed record RequestChanged : IVersioned
{
    public required long Version { get; init; }
    public required Request Request { get; init; }
    public Conversation? Conversation { get; init; }

    /// <summary>On crossing: the other side's request, now accepted.</summary>
    public Request? AcceptedRequest { get; init; }
    public required Badges Badges { get; init; }
}

/// <summary>To the sender live, and to the accepter's other devices.</summary>
public sealed record RequestAccepted : IVersioned
{
    public required long Version { get; init; }
    public required Request Request { get; init; }
    public required Conversation Conversation { get; init; }
    public required Badges Badges { get; init; }
}

/// <summary>The recipient's view: it left main, filtered or accepted, or ended while it lay in deleted.</summary>
public sealed record RequestRemoved : IVersioned
{
    public required long Version { get; init; }
    public required string RequestId { get; init; }
    public required Badges Badges { get; init; }
}

/// <summary>To the recipient's own devices: many were deleted at once.</summary>
public sealed record RequestsRemoved : IVersioned
{
    public required long Version { get; init; }
    public required IReadOnlyList<string> RequestIds { get; init; }
    public required Badges Badges { get; init; }
}

/// <summary>To the recipient's own devices: a deleted request is back in the folder that it arrived in.</summary>
public sealed record RequestRestored : IVersioned
{
    public required long Version { get; init; }
    public required Request Request { get; init; }
    public required Badges Badges { get; init; }
}

/// <summary>To the peer, and to the sender's other devices; with the conversation when it is new to that user.</summary>
public sealed record MessageReceived : IVersioned
{
    public required long Version { get; init; }
    public required Message Message { get; init; }
    public Conversation? Conversation { get; init; }
    public required long UnreadCount { get; init; }
    public required Badges Badges { get; init; }
}

/// <summary>To the sender, whose bubbles up to <see cref="Seq"/> turn from blue to green, and to the reader's other devices.</summary>
public sealed record MessagesSeen : IVersioned
{
    public required long Version { get; init; }
    public required string ConversationId { get; init; }
    public required string SeenBy { get; init; }
    public required long Seq { get; init; }
    public required DateTimeOffset At { get; init; }
    public required long UnreadCount { get; init; }
    public required Badges Badges { get; init; }
}

public sealed record ConversationChanged : IVersioned
{
    public required long Version { get; init; }
    public required Conversation Conversation { get; init; }
    public required Badges Badges { get; init; }
}

/// <summary>To the blocker's own devices only: the blocked side is told nothing.</summary>
public sealed record BlockChanged : IVersioned
{
    public required long Version { get; init; }
    public required string UserId { get; init; }
    public required bool YouBlocked { get; init; }
    public Conversation? Conversation { get; init; }
    public Request? WithdrawnRequest { get; init; }
    public required IReadOnlyList<string> RemovedRequestIds { get; init; }
    public required Badges Badges { get; init; }
}

/// <summary>Settings, profile, a ban and its end.</summary>
public sealed record MeChanged : IVersioned
{
    public required long Version { get; init; }
    public required Me Me { get; init; }

    Badges IVersioned.Badges => Me.Badges;
}

/// <summary>Not stored; shown for 5 seconds.</summary>
public sealed record Typing
{
    public required string ConversationId { get; init; }
    public required string UserId { get; init; }
}

/// <summary>Not stored; only to people with an open chat, both showing their presence.</summary>
public sealed record PresenceChanged
{
    public required string UserId { get; init; }
    public required bool IsOnline { get; init; }
}

/// <summary>Not stored; a client whose version is behind calls Sync.</summary>
public sealed record Position
{
    public required string Epoch { get; init; }
    public required long Version { get; init; }
}

/// <summary>Not stored; reconnect after a random wait within that time.</summary>
public sealed record ServerDraining
{
    public required int ReconnectWithinSeconds { get; init; }
}
