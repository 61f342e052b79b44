namespace ChatHub.Contracts;

/// <summary>The receipt of a report.</summary>
public sealed record ReportReceipt
{
    /// <summary>The report's id.</summary>
    public required string ReportId { get; init; }
}
