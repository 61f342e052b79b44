namespace ChatHub.Server.Safety;

/// <summary>The daily limit: pure.</summary>
public static class DailyLimitRules
{
    public static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <param name="sentAt">When the newest counted requests were sent, newest first, at most <paramref name="perDay"/> of them.</param>
    /// <param name="perDay">The limit.</param>
    /// <param name="now">The instant of the call.</param>
    /// <param name="newAccount">The limit of a new account; null where the account is not new.</param>
    public static DailyAllowance Allowance(
        IReadOnlyList<DateTimeOffset> sentAt, int perDay, DateTimeOffset now, NewAccountLimit? newAccount = null)
    {
        var counting = sentAt.TakeWhile(at => now - at < Day).ToList();
        var limit = newAccount is { } account && account.Ends > now ? Math.Min(perDay, account.PerDay) : perDay;
        var left = Math.Max(0, limit - counting.Count);
        if (left > 0)
            return new(limit, left, TimeSpan.Zero);

        var free = FreeAt(counting, limit);
        if (limit < perDay)
            free = Earlier(free, Later(newAccount!.Value.Ends, FreeAt(counting, perDay)));
        return new(limit, 0, free - now);
    }

    /// <summary>When fewer than the limit count; never where it is 0.</summary>
    private static DateTimeOffset FreeAt(List<DateTimeOffset> counting, int limit) =>
        limit == 0 ? DateTimeOffset.MaxValue
        : counting.Count < limit ? DateTimeOffset.MinValue
        : counting[limit - 1] + Day;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
