namespace ChatHub.Contracts;

/// <summary>The input of MarkSeen.</summary>
public sealed record MarkSeenInput
{
    /// <summary>The conversation's id.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Everything of the peer's up to this seq was seen.</summary>
    public long? Seq { get; init; }
}
