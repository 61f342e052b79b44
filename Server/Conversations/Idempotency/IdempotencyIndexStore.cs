using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations.Idempotency;

/// <summary>The table <c>idempotency_keys</c>: today's and yesterday's keys in the order of their hashes, and tomorrow's of a clock that is ahead.</summary>
public sealed class IdempotencyIndexStore(IDatabase database)
{
    private static readonly PreparedStatement<IdempotencyRow> Select = new(
        """
        SELECT target_key, seq FROM idempotency_keys WHERE used_on = @day AND key_hash = @hash AND sender_key = @sender
        UNION ALL
        SELECT target_key, seq FROM idempotency_keys WHERE used_on = @day - 1 AND key_hash = @hash AND sender_key = @sender
        UNION ALL
        SELECT target_key, seq FROM idempotency_keys WHERE used_on = @day + 1 AND key_hash = @hash AND sender_key = @sender
        """,
        IdempotencyRow.Read,
        "day", "hash", "sender");

    private static readonly PreparedStatement Insert = new(
        "INSERT INTO idempotency_keys (used_on, key_hash, sender_key, target_key, seq) VALUES (@day, @hash, @sender, @targetKey, @seq)",
        "day", "hash", "sender", "targetKey", "seq");

    private readonly string _prune =
        database.Dialect.DeleteSome("idempotency_keys", "used_on, key_hash, sender_key", "used_on < @yesterday");

    public ValueTask<IdempotencyRow?> FindAsync(DbSession session, IdempotencyKey key) =>
        session.FirstAsync(Select, key.Day, key.Hash, key.Sender);

    public ValueTask AddAsync(DbSession session, IdempotencyKey key, IdempotencyRow row) =>
        session.ExecuteAsync(Insert, key.Day, key.Hash, key.Sender, row.TargetKey, row.Seq);

    /// <summary>Removes at most so many keys of the days before yesterday.</summary>
    /// <returns>How many were removed.</returns>
    public Task<int> PruneAsync(DbSession session, long yesterday, int take) => session.ExecuteAsync(_prune, new { yesterday, take });
}
