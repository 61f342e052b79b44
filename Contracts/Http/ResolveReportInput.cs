namespace ChatHub.Contracts;

/// <summary>POST /api/moderation/reports/{id}/resolve. Without hours a ban holds until it is lifted.</summary>
public sealed record ResolveReportInput
{
    /// <summary>What to do. Required.</summary>
    public ReportAction? Action { get; init; }

    /// <summary>The length of the ban in hours; null until it is lifted.</summary>
    public int? Hours { get; init; }

    /// <summary>The reason that the banned user reads.</summary>
    public string? Reason { get; init; }
}
