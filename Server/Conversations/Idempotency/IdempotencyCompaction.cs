using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations.Idempotency;

/// <summary>
/// Moves the older part of a long log to the index: sorted, so that keys which share a page are written together. Run again
/// after a crash, or by two processes at once, it comes to the same. The log's newest row stays, since positions go on from it.
/// </summary>
internal sealed class IdempotencyCompaction(IDatabase database)
{
    private const int BatchSize = 65_536;
    private const int LogLength = 2 * BatchSize;

    // A millisecond or two of the writer's time.
    private const int CopyStep = 250;
    private const int RemoveStep = 1_000;

    private readonly IdempotencyLogStore _log = new();

    public async Task RunAsync(long now, CancellationToken cancellation)
    {
        var yesterday = IdempotencyKey.DayOf(now) - 1;
        await database.WriteInStepsAsync(session => _log.PruneAsync(session, yesterday, RemoveStep), RemoveStep, cancellation);
        while (await database.ReadAsync(ReadBatchAsync, cancellation) is { Count: > 0 } batch)
        {
            foreach (var step in batch.OrderBy(entry => entry.UsedOn).ThenBy(entry => entry.KeyHash).Chunk(CopyStep))
                await database.WriteAsync(LockScope.None, session => CopyAsync(session, step), cancellation);
            await database.WriteInStepsAsync(
                session => _log.RemoveAsync(session, batch[^1].Position, RemoveStep), RemoveStep, cancellation);
        }
    }

    /// <summary>The oldest part of a log that is long enough; else nothing.</summary>
    private async Task<List<IdempotencyEntry>> ReadBatchAsync(DbSession session) =>
        await _log.EndsAsync(session) is var (first, last) && last - first >= LogLength ? await _log.BeforeAsync(session, first + BatchSize) : [];

    private async Task CopyAsync(DbSession session, IdempotencyEntry[] step)
    {
        foreach (var entry in step)
            await _log.CopyAsync(session, entry);
    }
}
