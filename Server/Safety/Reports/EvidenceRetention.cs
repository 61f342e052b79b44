using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Safety.Reports;

/// <summary>
/// <see cref="RetentionOptions.EvidenceDays"/>: removes a resolved report's notes and copies. The report stays, in the histories
/// of both users; an open one keeps all until it is resolved.
/// </summary>
public sealed class EvidenceRetention(IDatabase database, IOptions<RetentionOptions> options, TimeProvider time)
{
    private const int Step = 100;

    private readonly string _due = $"""
        SELECT report_key FROM reports WHERE resolved_at IS NOT NULL AND copies_removed = 0 AND resolved_at < @before
        ORDER BY resolved_at {database.Dialect.Take}
        """;

    public async Task SweepAsync(CancellationToken cancellation)
    {
        if (options.Value.EvidenceBefore(time.GetUtcNow()) is { } before)
            await database.WriteInStepsAsync(session => RemoveAsync(session, before), Step, cancellation);
    }

    private async Task<int> RemoveAsync(DbSession session, long before)
    {
        var keys = await session.ListAsync<long>(_due, new { before, take = Step });
        if (keys.Count == 0)
            return 0;
        foreach (var table in (string[])["report_notes", "report_evidence"])
            await session.ExecuteAsync($"DELETE FROM {table} WHERE report_key IN @keys", new { keys });
        await session.ExecuteAsync("UPDATE reports SET copies_removed = 1 WHERE report_key IN @keys", new { keys });
        return keys.Count;
    }
}
