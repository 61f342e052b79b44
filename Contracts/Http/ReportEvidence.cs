namespace ChatHub.Contracts;

/// <summary>What was said, as it was when it was reported: of a request, or of a message.</summary>
public sealed record ReportEvidence
{
    /// <summary>The request, if it is one.</summary>
    public string? RequestId { get; init; }

    /// <summary>The conversation, if it is a message.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The seq, if it is a message.</summary>
    public long? Seq { get; init; }

    /// <summary>The sender's user id.</summary>
    public required string SenderId { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>When an edit or a removal replaced this text; null for one that stood when it was reported.</summary>
    public DateTimeOffset? ReplacedAt { get; init; }
}
