using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations.Idempotency;

/// <summary>The table <c>idempotency_log</c> of SQLite: the newest keys in the order in which they were used.</summary>
public sealed class IdempotencyLogStore
{
    private static readonly PreparedStatement<IdempotencyRow> Select = new(
        """
        SELECT target_key, seq FROM idempotency_log
        WHERE position = @position AND key_hash = @hash AND sender_key = @sender AND used_on >= @day - 1
        """,
        IdempotencyRow.Read,
        "position", "hash", "sender", "day");

    private static readonly PreparedStatement<IdempotencyPosition> SelectAfter = new(
        "SELECT position, key_hash FROM idempotency_log WHERE position > @after ORDER BY position",
        row => new() { Position = row.Number(0), KeyHash = row.Number(1) },
        "after");

    private static readonly PreparedStatement<IdempotencyEntry> SelectBefore = new(
        "SELECT position, used_on, key_hash, sender_key, target_key, seq FROM idempotency_log WHERE position < @end ORDER BY position",
        row => new()
        {
            Position = row.Number(0),
            UsedOn = row.Number(1),
            KeyHash = row.Number(2),
            SenderKey = row.Number(3),
            TargetKey = row.Number(4),
            Seq = row.Number(5),
        },
        "end");

    private static readonly PreparedStatement Insert = new(
        """
        INSERT INTO idempotency_log (position, used_on, key_hash, sender_key, target_key, seq)
        VALUES (@position, @day, @hash, @sender, @targetKey, @seq)
        """,
        "position", "day", "hash", "sender", "targetKey", "seq");

    public ValueTask<IdempotencyRow?> FindAsync(DbSession session, long position, IdempotencyKey key) =>
        session.FirstAsync(Select, position, key.Hash, key.Sender, key.Day);

    public ValueTask AppendAsync(DbSession session, long position, IdempotencyKey key, IdempotencyRow row) =>
        session.ExecuteAsync(Insert, position, key.Day, key.Hash, key.Sender, row.TargetKey, row.Seq);

    public ValueTask<List<IdempotencyPosition>> AfterAsync(DbSession session, long after) => session.ListAsync(SelectAfter, after);

    public ValueTask<List<IdempotencyEntry>> BeforeAsync(DbSession session, long end) => session.ListAsync(SelectBefore, end);

    /// <summary>The first and the last position; null when the log is empty.</summary>
    public async Task<(long First, long Last)?> EndsAsync(DbSession session)
    {
        var first = await session.ScalarAsync<long?>("SELECT MIN(position) FROM idempotency_log");
        var last = await session.ScalarAsync<long?>("SELECT MAX(position) FROM idempotency_log");
        return first is { } from && last is { } to ? (from, to) : null;
    }

    /// <summary>Removes at most <paramref name="take"/> rows up to a position.</summary>
    public Task<int> RemoveAsync(DbSession session, long last, int take) => session.ExecuteAsync(
        "DELETE FROM idempotency_log WHERE position <= MIN(@last, (SELECT MIN(position) FROM idempotency_log) + @take - 1)", new { last, take });

    /// <summary>Removes, from the oldest on, at most <paramref name="take"/> rows of the days before yesterday; never the newest.</summary>
    public Task<int> PruneAsync(DbSession session, long yesterday, int take) => session.ExecuteAsync(
        """
        DELETE FROM idempotency_log WHERE used_on < @yesterday AND position < MIN(
            (SELECT MIN(position) FROM idempotency_log) + @take, (SELECT MAX(position) FROM idempotency_log))
        """,
        new { yesterday, take });
}
