namespace ChatHub.Contracts;

/// <summary>POST /api/moderation/reports/{id}/resolve.</summary>
public sealed record ResolveReportInput
{
    /// <summary>What to do. Required.</summary>
    public ReportAction? Action { get; init; }

    /// <summary>The length of a ban in hours, 1..87,600; null until it is lifted.</summary>
    public int? Hours { get; init; }

    /// <summary>The reason that the banned or warned user reads: 0..500 characters, of a warning 1..500.</summary>
    public string? Reason { get; init; }
}
