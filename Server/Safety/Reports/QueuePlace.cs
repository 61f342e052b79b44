namespace ChatHub.Server.Safety.Reports;

/// <summary>
/// A place in the open queue as it was when its first page was read: later pages sort by the facts of that instant, so that
/// a report whose rank changes meanwhile is not passed over.
/// </summary>
/// <param name="AsOf">When the first page was read, in unix milliseconds.</param>
/// <param name="UpTo">The newest report's key then.</param>
/// <param name="Reporters">The rank of the last report on the page.</param>
/// <param name="ReportKey">Its key.</param>
public readonly record struct QueuePlace(long AsOf, long UpTo, long Reporters, long ReportKey);
