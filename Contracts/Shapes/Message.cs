namespace ChatHub.Contracts;

/// <summary>One message. <see cref="Seq"/> is 1, 2, 3 … without gaps in each conversation.</summary>
public sealed record Message
{
    /// <summary>The conversation it belongs to.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The message's number in its conversation.</summary>
    public required long Seq { get; init; }

    /// <summary>The sender's user id.</summary>
    public required string SenderId { get; init; }

    /// <summary>The idempotency key that the sender chose; null for anyone but the sender.</summary>
    public string? ClientId { get; init; }

    /// <summary>The text as it is now, 1 to 4,000 characters; empty once the message was removed.</summary>
    public required string Text { get; init; }

    /// <summary>When the server stored it.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Whether its receiver has seen it (as far as that may be shown).</summary>
    public required MessageStatus Status { get; init; }

    /// <summary>The number of the message's latest change in its conversation; 0 while it is as it was sent. Of two versions of a message the higher one is valid.</summary>
    public long Change { get; init; }

    /// <summary>When the text was last edited.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>When the sender removed the message for both sides.</summary>
    public DateTimeOffset? RemovedAt { get; init; }

    /// <summary>The seq of the message that it replies to.</summary>
    public long? ReplyToSeq { get; init; }

    /// <summary>At most one of each side, the sender's first; null without any.</summary>
    public IReadOnlyList<Reaction>? Reactions { get; init; }
}
