namespace ChatHub.Contracts;

/// <summary>A message request, as the caller sees it: for its sender a deleted one keeps reading pending.</summary>
public sealed record Request
{
    public required string RequestId { get; init; }
    public required RequestDirection Direction { get; init; }
    public required UserCard Sender { get; init; }
    public required UserCard Recipient { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset SentAt { get; init; }
    public required RequestState State { get; init; }
    public DateTimeOffset? AcceptedAt { get; init; }
    public string? ConversationId { get; init; }

    /// <summary>Where it lies; for its recipient alone, while it waits.</summary>
    public RequestFolder? Folder { get; init; }

    /// <summary>What helps its recipient to decide; in GetRequest, for the recipient alone.</summary>
    public RequestContext? Context { get; init; }
}

/// <summary>How the sender of a request stands to its recipient.</summary>
public sealed record RequestContext
{
    /// <summary>YYYY-MM; null where the host does not say.</summary>
    public string? SenderJoined { get; init; }
    public required bool YouFollow { get; init; }
    public required bool FollowsYou { get; init; }

    /// <summary>How many of the recipient's 1,000 latest follows follow the sender.</summary>
    public required int SharedFollowCount { get; init; }

    /// <summary>The first 3 of them.</summary>
    public required IReadOnlyList<UserCard> SharedFollows { get; init; }

    /// <summary>Of this sender, that reached the recipient and were withdrawn, deleted or expired in the last 365 days.</summary>
    public required int EarlierRequests { get; init; }
}

/// <summary>The recipient's folders of waiting requests.</summary>
public enum RequestFolder
{
    Main,
    /// <summary>Kept apart by the recipient's own settings, or beyond what one recipient receives in a day.</summary>
    Filtered,
    /// <summary>Turned down; its sender sees no difference.</summary>
    Deleted,
}

public enum RequestDirection
{
    Incoming,
    Outgoing,
}

public enum RequestState
{
    Pending,
    Accepted,
    Withdrawn,
    Expired,
}

/// <summary>Which requests a list shows.</summary>
public enum RequestFilter
{
    Pending,
    Accepted,
    All,
}

/// <summary>One message. <see cref="Seq"/> is 1, 2, 3 … without gaps in each conversation.</summary>
public sealed record Message
{
    public required string ConversationId { get; init; }
    public required long Seq { get; init; }
    public required string SenderId { get; init; }
    public required string ClientId { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Whether its receiver has seen it (as far as that may be shown).</summary>
    public required MessageStatus Status { get; init; }
}

public enum MessageStatus
{
    /// <summary>Shown blue.</summary>
    Sent,
    /// <summary>Shown green.</summary>
    Seen,
}

/// <summary>A chat of two, as the caller sees it.</summary>
public sealed record Conversation
{
    public required string ConversationId { get; init; }
    public required UserCard Peer { get; init; }
    public required ConversationState State { get; init; }
    public long LastSeq { get; init; }
    public Message? LastMessage { get; init; }
    public long UnreadCount { get; init; }

    /// <summary>The caller has seen everything up to this seq.</summary>
    public long SeenSeq { get; init; }

    /// <summary>The peer has shown to have seen everything up to this seq.</summary>
    public long PeerSeenSeq { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The time of the last message, or of opening: what lists of conversations are ordered by.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

public enum ConversationState
{
    Open,
    YouBlocked,
    /// <summary>The peer cannot be messaged; why is not told. Worked out when read, so it makes no event.</summary>
    Unavailable,
}
