using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations.Idempotency;

/// <summary>
/// Moves the older half of a long log to a run of its own, and removes old runs. Keys leave the log once their run is complete:
/// after a crash the run is begun once more under the same number, and of two processes that write one at once, one completes it.
/// The log's newest row stays, since positions go on from it.
/// </summary>
internal sealed class IdempotencyCompaction(IDatabase database, IdempotencyRuns runs)
{
    private const int LongLog = 131_072;

    // Rows in one transaction: about a millisecond of the writer's time.
    private const int Step = 500;

    private readonly IdempotencyLogStore _log = new();
    private readonly IdempotencyRunStore _store = new(database);

    public async Task RunAsync(long now, CancellationToken cancellation)
    {
        var yesterday = IdempotencyKey.DayOf(now) - 1;
        await database.WriteInStepsAsync(session => _log.PruneAsync(session, yesterday, Step), Step, cancellation);
        foreach (var run in await database.ReadAsync(session => _store.OldAsync(session, yesterday), cancellation))
        {
            await database.WriteInStepsAsync(session => _store.PruneKeysAsync(session, run, Step), Step, cancellation);
            await database.WriteAsync(LockScope.None, session => _store.RemoveAsync(session, run), committed: null, cancellation);
        }

        while (await database.ReadAsync(ReadOlderHalfAsync, cancellation) is { Count: > 0 } keys)
        {
            if (await WriteRunAsync(keys, cancellation))
                await database.WriteInStepsAsync(session => _log.RemoveAsync(session, keys[^1].Position, Step), Step, cancellation);
        }
    }

    /// <summary>The older half of a log that is long; else nothing.</summary>
    private async Task<List<IdempotencyEntry>> ReadOlderHalfAsync(DbSession session) =>
        await _log.EndsAsync(session) is var (first, last) && last - first >= LongLog ? await _log.BeforeAsync(session, first + ((last - first) / 2)) : [];

    /// <returns>False if another process has completed a run of this number: it may have other keys.</returns>
    private async Task<bool> WriteRunAsync(List<IdempotencyEntry> keys, CancellationToken cancellation)
    {
        var run = new IdempotencyRun
        {
            Run = await database.ReadAsync(_store.NextAsync, cancellation),
            UsedOn = keys[^1].UsedOn,
            Filter = IdempotencyFilter.Of(keys).Bytes,
        };
        foreach (var some in keys.OrderBy(key => key.KeyHash).ThenBy(key => key.SenderKey).Chunk(Step))
            await database.WriteAsync(LockScope.None, session => AddKeysAsync(session, run.Run, some), cancellation);
        return await database.WriteAsync(LockScope.None, session => runs.CompleteAsync(session, run), committed: null, cancellation);
    }

    private async Task AddKeysAsync(DbSession session, long run, IdempotencyEntry[] keys)
    {
        foreach (var key in keys)
            await _store.AddKeyAsync(session, run, key);
    }
}
