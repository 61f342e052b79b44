using ChatHub.Server.Storage;

namespace ChatHub.Server.Safety.Reports;

/// <summary>How many users have an open report on one, without those whose accounts are young: they may be made for that.</summary>
public sealed class ReporterStore
{
    /// <summary>Reporters with younger accounts do not count.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromDays(7);

    /// <summary>Of a user <c>u</c>: not younger than <see cref="Age"/>, as <see cref="AccountAge.IsYounger"/> says it.</summary>
    public const string IsOldEnough = "(u.joined_at IS NULL OR u.joined_at <= @oldEnough)";

    /// <summary>One report is open for each reporter: their number is that of the distinct reporters.</summary>
    public Task<int> CountAsync(DbSession session, long reported, DateTimeOffset now) =>
        session.ScalarAsync<int>(
            $"""
            SELECT COUNT(*) FROM reports o JOIN users u ON u.user_key = o.reporter_key
            WHERE o.resolved_at IS NULL AND o.reported_key = @reported AND {IsOldEnough}
            """,
            new { reported, oldEnough = (now - Age).ToUnixTimeMilliseconds() });
}
