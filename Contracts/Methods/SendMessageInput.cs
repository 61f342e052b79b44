namespace ChatHub.Contracts;

/// <summary>The input of SendMessage.</summary>
public sealed record SendMessageInput
{
    /// <summary>The conversation's id.</summary>
    public string? ConversationId { get; init; }

    /// <summary>1 to 4,000 characters.</summary>
    public string? Text { get; init; }

    /// <summary>The idempotency key: one scope per sender over SendRequest and SendMessage.</summary>
    public string? ClientId { get; init; }

    /// <summary>The seq of a message that the caller sees, which this one replies to.</summary>
    public long? ReplyToSeq { get; init; }
}
