namespace ChatHub.Contracts;

/// <summary>The input of Report.</summary>
public sealed record ReportInput
{
    /// <summary>Who is reported.</summary>
    public string? UserId { get; init; }

    /// <summary>Why. Required.</summary>
    public ReportReason? Reason { get; init; }

    /// <summary>The reporter's note, up to 1,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>A request as evidence.</summary>
    public string? RequestId { get; init; }

    /// <summary>The conversation whose messages are evidence.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The messages, up to 100; null for the latest 30.</summary>
    public IReadOnlyList<long>? Seqs { get; init; }

    /// <summary>Whether to block the reported user too, as one change.</summary>
    public bool? Block { get; init; }
}
