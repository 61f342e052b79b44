namespace ChatHub.Contracts;

/// <summary>A message request, as the caller sees it: for its sender a deleted one keeps reading pending.</summary>
public sealed record Request
{
    /// <summary>The opaque id.</summary>
    public required string RequestId { get; init; }

    /// <summary>Whether the caller received or sent it.</summary>
    public required RequestDirection Direction { get; init; }

    /// <summary>Who sent it.</summary>
    public required UserCard Sender { get; init; }

    /// <summary>Who receives it.</summary>
    public required UserCard Recipient { get; init; }

    /// <summary>The introduction, 1 to 500 characters.</summary>
    public required string Text { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>The present state.</summary>
    public required RequestState State { get; init; }

    /// <summary>When it was accepted; null before.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The conversation that its acceptance opened; null before.</summary>
    public string? ConversationId { get; init; }
}

/// <summary>Whether the caller received or sent a request.</summary>
public enum RequestDirection
{
    /// <summary>Received.</summary>
    Incoming,

    /// <summary>Sent.</summary>
    Outgoing,
}

/// <summary>The state of a request.</summary>
public enum RequestState
{
    /// <summary>Sent, and open.</summary>
    Pending,

    /// <summary>Accepted: the conversation is open.</summary>
    Accepted,

    /// <summary>Withdrawn by its sender.</summary>
    Withdrawn,

    /// <summary>Not accepted within its lifetime.</summary>
    Expired,
}

/// <summary>Which requests a list shows.</summary>
public enum RequestFilter
{
    /// <summary>Open requests.</summary>
    Pending,

    /// <summary>Accepted requests.</summary>
    Accepted,

    /// <summary>Requests in any state.</summary>
    All,
}

/// <summary>One message. <see cref="Seq"/> is 1, 2, 3 … without gaps in each conversation.</summary>
public sealed record Message
{
    /// <summary>The conversation it belongs to.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The message's number in its conversation.</summary>
    public required long Seq { get; init; }

    /// <summary>The sender's user id.</summary>
    public required string SenderId { get; init; }

    /// <summary>The idempotency key that the sender chose.</summary>
    public required string ClientId { get; init; }

    /// <summary>The text, 1 to 4,000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>When the server stored it.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Whether its receiver has seen it (as far as that may be shown).</summary>
    public required MessageStatus Status { get; init; }
}

/// <summary>Whether a message was seen by its recipient.</summary>
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
    /// <summary>The opaque id.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The other side.</summary>
    public required UserCard Peer { get; init; }

    /// <summary>Whether messages can be sent.</summary>
    public required ConversationState State { get; init; }

    /// <summary>The seq of the last message; 0 without messages.</summary>
    public long LastSeq { get; init; }

    /// <summary>The last message; null without messages.</summary>
    public Message? LastMessage { get; init; }

    /// <summary>How many messages of the conversation the user has not seen.</summary>
    public long UnreadCount { get; init; }

    /// <summary>The caller has seen everything up to this seq.</summary>
    public long SeenSeq { get; init; }

    /// <summary>The peer has seen everything up to this seq, as far as their receipts disclose it.</summary>
    public long PeerSeenSeq { get; init; }

    /// <summary>When the conversation was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The time of the last message, or of opening: what lists of conversations are ordered by.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Whether messages can be sent in a conversation.</summary>
public enum ConversationState
{
    /// <summary>Both sides can send.</summary>
    Open,

    /// <summary>The caller blocks the peer.</summary>
    YouBlocked,

    /// <summary>The peer cannot be messaged; the reason is not disclosed. Computed when read, so it raises no event.</summary>
    Unavailable,
}
