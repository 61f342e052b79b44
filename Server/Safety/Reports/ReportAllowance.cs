using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Safety.Reports;

/// <summary>How often one user may add to reports in any 24 hours, on all instances together.</summary>
public sealed class ReportAllowance(IDatabase database, IOptions<ModerationOptions> options)
{
    private readonly string _newest =
        $"SELECT called_at FROM report_calls WHERE reporter_key = @reporter ORDER BY called_at DESC {database.Dialect.Take}";

    /// <summary>Throws rate_limited when nothing more may be added today.</summary>
    public async Task CheckAsync(DbSession session, long reporter, DateTimeOffset now)
    {
        var perDay = options.Value.ReportsPerDay;
        var calledAt = await session.ListAsync<long>(_newest, new { reporter, take = perDay });
        var allowance = DailyLimitRules.Allowance([.. calledAt.Select(Instants.ToInstant)], perDay, now);
        if (allowance.Left == 0)
            throw Errors.ReportLimit(perDay, allowance.RetryAfter);
    }

    /// <summary>Counts one call, and forgets those that count no longer.</summary>
    public async Task CountAsync(DbSession session, long reporter, DateTimeOffset now)
    {
        await session.ExecuteAsync(
            "DELETE FROM report_calls WHERE reporter_key = @reporter AND called_at <= @before",
            new { reporter, before = (now - DailyLimitRules.Day).ToUnixTimeMilliseconds() });
        await session.ExecuteAsync(
            "INSERT INTO report_calls (reporter_key, called_at) VALUES (@reporter, @now)",
            new { reporter, now = now.ToUnixTimeMilliseconds() });
    }
}
