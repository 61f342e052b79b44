namespace ChatHub.Contracts;

/// <summary>The receipt of a report.</summary>
public sealed record ReportReceipt
{
    /// <summary>The report's id.</summary>
    public required string ReportId { get; init; }

    /// <summary>Where the call was to block: as Block would have answered. The caller's other devices get it as an event.</summary>
    public BlockChanged? BlockChanged { get; init; }
}
