namespace ChatHub.Contracts;

/// <summary>The input of RemoveMessage.</summary>
public sealed record RemoveMessageInput
{
    /// <summary>The conversation's id.</summary>
    public string? ConversationId { get; init; }

    /// <summary>A message of the caller.</summary>
    public long? Seq { get; init; }
}
