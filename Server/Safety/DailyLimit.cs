using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Safety;

/// <summary>How many requests a sender may still send in a rolling 24 hours.</summary>
/// <param name="Left">Requests that may be sent now.</param>
/// <param name="RetryAfter">When none is left: until the oldest of the day no longer counts.</param>
public readonly record struct DailyAllowance(int Left, TimeSpan RetryAfter);

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

/// <summary>The daily limit's facts.</summary>
public sealed class DailyLimit(IDatabase database, IOptions<MessagingOptions> options)
{
    private readonly string _newest =
        $"SELECT sent_at FROM requests WHERE sender_key = @sender AND counted = 1 ORDER BY sent_at DESC {database.Dialect.Take}";

    public int PerDay => options.Value.RequestsPerDay;

    public async Task<DailyAllowance> AllowanceAsync(DbSession session, long sender, DateTimeOffset now)
    {
        var sentAt = await session.ListAsync<long>(_newest, new { sender, take = PerDay });
        return DailyLimitRules.Allowance([.. sentAt.Select(DateTimeOffset.FromUnixTimeMilliseconds)], PerDay, now);
    }
}
