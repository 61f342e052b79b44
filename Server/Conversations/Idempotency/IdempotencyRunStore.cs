using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations.Idempotency;

/// <summary>The tables <c>idempotency_runs</c> and <c>idempotency_run_keys</c> of SQLite: what has left the log, in sorted runs.</summary>
public sealed class IdempotencyRunStore(IDatabase database)
{
    private static readonly PreparedStatement<IdempotencyRow> Select = new(
        """
        SELECT target_key, seq FROM idempotency_run_keys
        WHERE run = @run AND key_hash = @hash AND sender_key = @sender AND used_on >= @day - 1
        """,
        IdempotencyRow.Read,
        "run", "hash", "sender", "day");

    // Without the filters, which are read where this finds something.
    private static readonly PreparedStatement<IdempotencyRun> SelectNewest = new(
        "SELECT run, used_on FROM idempotency_runs WHERE run = (SELECT MAX(run) FROM idempotency_runs) AND run > @after",
        row => new() { Run = row.Number(0), UsedOn = row.Number(1) },
        "after");

    private static readonly PreparedStatement Insert = new(
        """
        INSERT OR REPLACE INTO idempotency_run_keys (run, key_hash, sender_key, used_on, target_key, seq)
        VALUES (@run, @keyHash, @senderKey, @usedOn, @targetKey, @seq)
        """,
        "run", "keyHash", "senderKey", "usedOn", "targetKey", "seq");

    private readonly string _pruneKeys = database.Dialect.DeleteSome("idempotency_run_keys", "run, key_hash, sender_key", "run = @run");

    public ValueTask<IdempotencyRow?> FindAsync(DbSession session, long run, IdempotencyKey key) =>
        session.FirstAsync(Select, run, key.Hash, key.Sender, key.Day);

    /// <summary>The complete runs after one, the oldest first.</summary>
    public async ValueTask<List<IdempotencyRun>> AfterAsync(DbSession session, long after) =>
        await session.FirstAsync(SelectNewest, after) is null
            ? []
            : await session.ListAsync<IdempotencyRun>("SELECT run, used_on, filter FROM idempotency_runs WHERE run > @after ORDER BY run", new { after });

    /// <summary>The number after the newest complete run's.</summary>
    public Task<long> NextAsync(DbSession session) => session.ScalarAsync<long>("SELECT COALESCE(MAX(run), 0) + 1 FROM idempotency_runs");

    /// <summary>Writes a key of a run, in place of what a killed process may have left of it.</summary>
    public ValueTask AddKeyAsync(DbSession session, long run, IdempotencyEntry key) =>
        session.ExecuteAsync(Insert, run, key.KeyHash, key.SenderKey, key.UsedOn, key.TargetKey, key.Seq);

    /// <summary>Completes a run.</summary>
    /// <returns>False if another process has completed one of this number.</returns>
    public async Task<bool> CompleteAsync(DbSession session, IdempotencyRun run) =>
        await session.ExecuteAsync("INSERT OR IGNORE INTO idempotency_runs (run, used_on, filter) VALUES (@Run, @UsedOn, @Filter)", run) == 1;

    /// <summary>The complete runs of the days before yesterday, but for the newest run.</summary>
    public Task<List<long>> OldAsync(DbSession session, long yesterday) => session.ListAsync<long>(
        "SELECT run FROM idempotency_runs WHERE used_on < @yesterday AND run < (SELECT MAX(run) FROM idempotency_runs)", new { yesterday });

    /// <summary>Removes at most so many keys of a run.</summary>
    /// <returns>How many were removed.</returns>
    public Task<int> PruneKeysAsync(DbSession session, long run, int take) => session.ExecuteAsync(_pruneKeys, new { run, take });

    /// <summary>Removes a run whose keys were removed.</summary>
    public Task<int> RemoveAsync(DbSession session, long run) =>
        session.ExecuteAsync("DELETE FROM idempotency_runs WHERE run = @run", new { run });
}
