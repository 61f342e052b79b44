namespace ChatHub.Server.Storage.SqlServer;

/// <summary>
/// When a transaction is run again: exponential backoff with full jitter, so that rivals do not meet again, and bounded in
/// all. An outage is waited for longer than a failover takes (30 s). Pure.
/// </summary>
internal static class RetrySchedule
{
    /// <summary>From the first attempt on; no retry begins later.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    private const int MaxConflicts = 20;
    private const int MaxUnseen = 3;
    private static readonly TimeSpan FirstConflict = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestConflict = TimeSpan.FromMilliseconds(640);
    private static readonly TimeSpan FirstOutage = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestOutage = TimeSpan.FromSeconds(2);

    /// <summary>How long to wait before the next attempt; null to give up.</summary>
    /// <param name="kind">What the last attempt met.</param>
    /// <param name="attempts">How many there have been: 1 or more.</param>
    /// <param name="elapsed">Since the first one began.</param>
    /// <param name="random">In [0, 1).</param>
    /// <param name="limit">Another one than <see cref="Limit"/>.</param>
    public static TimeSpan? Next(FaultKind kind, int attempts, TimeSpan elapsed, double random, TimeSpan? limit = null)
    {
        if (elapsed >= (limit ?? Limit))
            return null;
        return kind switch
        {
            FaultKind.Conflict when attempts < MaxConflicts => Backoff(FirstConflict, LongestConflict, attempts, random),
            FaultKind.Unseen when attempts < MaxUnseen => Backoff(FirstConflict, LongestConflict, attempts, random),
            FaultKind.Outage => Backoff(FirstOutage, LongestOutage, attempts, random),
            _ => null,
        };
    }

    private static TimeSpan Backoff(TimeSpan first, TimeSpan longest, int attempts, double random) =>
        random * TimeSpan.FromTicks(Math.Min(longest.Ticks, first.Ticks << Math.Min(attempts, 16)));
}
