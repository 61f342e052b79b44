namespace ChatHub.Server.Safety;

/// <summary>The daily limit: pure.</summary>
public static class DailyLimitRules
{
    public static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <param name="sentAt">When the newest counted requests were sent, newest first, at most <paramref name="perDay"/> of them.</param>
    /// <param name="perDay">The limit.</param>
    /// <param name="now">The instant of the call.</param>
    public static DailyAllowance Allowance(IReadOnlyList<DateTimeOffset> sentAt, int perDay, DateTimeOffset now)
    {
        var counting = sentAt.TakeWhile(at => now - at < Day).ToList();
        var left = Math.Max(0, perDay - counting.Count);
        return new(left, left > 0 ? TimeSpan.Zero : counting[perDay - 1] + Day - now);
    }
}
