namespace ChatHub.Contracts;

/// <summary>A report in the moderators' queue, with its own copy of the evidence.</summary>
public sealed record ReportCase
{
    /// <summary>The report's id.</summary>
    public required string ReportId { get; init; }

    /// <summary>Who reported.</summary>
    public required UserCard Reporter { get; init; }

    /// <summary>Who was reported.</summary>
    public required UserCard Reported { get; init; }

    /// <summary>The reason.</summary>
    public required ReportReason Reason { get; init; }

    /// <summary>The reporter's note, up to 1,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>When it was reported.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>Whether a moderator has resolved it.</summary>
    public required ReportState State { get; init; }

    /// <summary>What the moderator did; null while open.</summary>
    public ReportAction? Resolution { get; init; }

    /// <summary>When; null while open.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>The moderator's user id.</summary>
    public string? ResolvedBy { get; init; }

    /// <summary>What was said, as it was when it was reported.</summary>
    public required IReadOnlyList<ReportEvidence> Evidence { get; init; }
}
