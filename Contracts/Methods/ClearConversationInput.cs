namespace ChatHub.Contracts;

/// <summary>The input of ClearConversation.</summary>
public sealed record ClearConversationInput
{
    /// <summary>The conversation's id.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The caller no longer sees messages up to this seq.</summary>
    public long? UpToSeq { get; init; }
}
