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

    /// <summary>The idempotency key that the sender chose.</summary>
    public required string ClientId { get; init; }

    /// <summary>The text, 1 to 4,000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>When the server stored it.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Whether its receiver has seen it (as far as that may be shown).</summary>
    public required MessageStatus Status { get; init; }
}
