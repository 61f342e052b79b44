namespace ChatHub.Contracts;

/// <summary>A report that the user made.</summary>
public sealed record ExportReport
{
    /// <summary>The report's id.</summary>
    public required string ReportId { get; init; }

    /// <summary>Who was reported.</summary>
    public required UserCard Reported { get; init; }

    /// <summary>Why.</summary>
    public required IReadOnlyList<ReportReason> Reasons { get; init; }

    /// <summary>The reporter's notes, oldest first.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>When it was reported.</summary>
    public required DateTimeOffset ReportedAt { get; init; }
}
