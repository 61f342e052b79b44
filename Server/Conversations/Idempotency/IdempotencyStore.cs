using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations.Idempotency;

/// <summary>
/// Idempotency keys: one scope per sender over requests and messages, remembered for a day at least. They are kept by the
/// UTC day on which they were used, so that old ones go as a range. With one writer the newest are in the log and move from
/// there to sorted runs; with several (SQL Server), all are in the index, as are those that the log has no place for.
/// </summary>
public sealed class IdempotencyStore(IDatabase database, TimeProvider time)
{
    private const int PruneStep = 1_000;

    private readonly IdempotencyIndexStore _index = new(database);
    private readonly IdempotencyLog? _log = database.Dialect.HasOneWriter ? new() : null;
    private readonly IdempotencyRuns? _runs = database.Dialect.HasOneWriter ? new(database) : null;

    public async ValueTask<IdempotencyRow?> FindAsync(DbSession session, long sender, string clientId, long now)
    {
        var key = IdempotencyKey.Of(sender, clientId, now);
        return (_log is null ? null : await _log.FindAsync(session, key))
            ?? (_runs is null ? null : await _runs.FindAsync(session, key))
            ?? await _index.FindAsync(session, key);
    }

    public ValueTask AddMessageAsync(DbSession session, long sender, string clientId, long conversationKey, long seq, long now) =>
        AddAsync(session, IdempotencyKey.Of(sender, clientId, now), new() { TargetKey = conversationKey, Seq = seq });

    public ValueTask AddRequestAsync(DbSession session, long sender, string clientId, long requestKey, long now) =>
        AddAsync(session, IdempotencyKey.Of(sender, clientId, now), new() { TargetKey = requestKey, Seq = 0 });

    /// <summary>Forgets keys of the days before yesterday, and moves what is old of a long log to a run.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await database.WriteInStepsAsync(
            session => _index.PruneAsync(session, IdempotencyKey.DayOf(now) - 1, PruneStep), PruneStep, cancellation);
        if (_runs is not null)
            await new IdempotencyCompaction(database, _runs).RunAsync(now, cancellation);
    }

    private async ValueTask AddAsync(DbSession session, IdempotencyKey key, IdempotencyRow row)
    {
        if (_log is null || !await _log.TryAddAsync(session, key, row))
            await _index.AddAsync(session, key, row);
    }
}
