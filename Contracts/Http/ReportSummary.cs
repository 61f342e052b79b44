namespace ChatHub.Contracts;

/// <summary>A report as the moderators' queue lists it.</summary>
public sealed record ReportSummary
{
    /// <summary>The report's id.</summary>
    public required string ReportId { get; init; }

    /// <summary>Who reported.</summary>
    public required UserCard Reporter { get; init; }

    /// <summary>Who was reported.</summary>
    public required UserCard Reported { get; init; }

    /// <summary>Every reason that was given, each once.</summary>
    public required IReadOnlyList<ReportReason> Reasons { get; init; }

    /// <summary>When it was first reported.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>When something was last added to it.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How many notes it holds, at most 20.</summary>
    public required int NoteCount { get; init; }

    /// <summary>How many messages and requests it holds, at most 500.</summary>
    public required int EvidenceCount { get; init; }

    /// <summary>
    /// In the open queue: how many users, with accounts older than 7 days, have an open report on the same user. It is what
    /// the queue is sorted by.
    /// </summary>
    public int? Reporters { get; init; }

    /// <summary>Whether a moderator has resolved it.</summary>
    public required ReportState State { get; init; }

    /// <summary>What the moderator did; null while open.</summary>
    public ReportAction? Resolution { get; init; }

    /// <summary>When; null while open.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>The moderator's user id.</summary>
    public string? ResolvedBy { get; init; }
}
