namespace ChatHub.Contracts;

/// <summary>The input of EditMessage.</summary>
public sealed record EditMessageInput
{
    /// <summary>The conversation's id.</summary>
    public string? ConversationId { get; init; }

    /// <summary>A message of the caller, sent within the last 15 minutes.</summary>
    public long? Seq { get; init; }

    /// <summary>The new text, 1 to 4,000 characters.</summary>
    public string? Text { get; init; }
}
