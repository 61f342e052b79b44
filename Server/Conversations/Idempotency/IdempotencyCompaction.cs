using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations.Idempotency;

/// <summary>
/// Moves the older half of a long log to the index: sorted, so that keys which share a page are written together. The longer
/// the log, the more of them do. Run again after a crash, or by two processes at once, it comes to the same. The log's
/// newest row stays, since positions go on from it.
/// </summary>
internal sealed class IdempotencyCompaction(IDatabase database, TimeProvider time)
{
    private const int LongLog = 131_072;
    private const int MaxStep = 1_000;

    // Of the writer's time, for a log that is just long; for a longer one as much more.
    private static readonly TimeSpan StepTime = TimeSpan.FromMilliseconds(1);

    private readonly IdempotencyLogStore _log = new();

    public async Task RunAsync(long now, CancellationToken cancellation)
    {
        var yesterday = IdempotencyKey.DayOf(now) - 1;
        await database.WriteInStepsAsync(session => _log.PruneAsync(session, yesterday, MaxStep), MaxStep, cancellation);
        while (await database.ReadAsync(ReadOlderHalfAsync, cancellation) is { Count: > 0 } batch)
        {
            var last = batch[^1].Position;
            var stepTime = StepTime * (2.0 * batch.Count / LongLog);
            batch.Sort((a, b) => (a.UsedOn, a.KeyHash).CompareTo((b.UsedOn, b.KeyHash)));
            for (var copied = 0; copied < batch.Count;)
                copied += await database.WriteAsync(LockScope.None, session => CopyAsync(session, batch, copied, stepTime), committed: null, cancellation);
            await database.WriteInStepsAsync(session => _log.RemoveAsync(session, last, MaxStep), MaxStep, cancellation);
        }
    }

    /// <summary>The older half of a log that is long; else nothing.</summary>
    private async Task<List<IdempotencyEntry>> ReadOlderHalfAsync(DbSession session) =>
        await _log.EndsAsync(session) is var (first, last) && last - first >= LongLog ? await _log.BeforeAsync(session, first + ((last - first) / 2)) : [];

    /// <summary>Copies what fits into a step, which is less the larger the index: most keys are then on pages of their own.</summary>
    /// <returns>How many.</returns>
    private async Task<int> CopyAsync(DbSession session, List<IdempotencyEntry> batch, int from, TimeSpan stepTime)
    {
        var began = time.GetTimestamp();
        var count = 0;
        do
            await _log.CopyAsync(session, batch[from + count++]);
        while (from + count < batch.Count && count < MaxStep && time.GetElapsedTime(began) < stepTime);
        return count;
    }
}
