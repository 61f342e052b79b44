using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations.Idempotency;

/// <summary>
/// The newest idempotency keys where all writes pass one writer: appended to a table, and found by a map in memory. In the index
/// each would be written to a page of its own, because clients make their ids at random (docs/benchmarks.md).
/// The map holds what is committed: each transaction first reads what was appended since the one before, by whichever
/// process, so that nothing has to be taken out of it after a rollback. For the writer's thread alone.
/// </summary>
internal sealed class IdempotencyLog
{
    // Some 20 MB. Beyond it, keys go to the index at once.
    private const int Capacity = 500_000;

    // How many entries the map gets before those that have left the log are looked for.
    private const int TrimInterval = 50_000;

    // Seeded, because clients choose what is hashed.
    private static readonly IEqualityComparer<long> Seeded = EqualityComparer<long>.Create((a, b) => a == b, hash => HashCode.Combine(hash));

    private readonly IdempotencyLogStore _store = new();
    private readonly Dictionary<long, long> _committed = new(Seeded);
    private readonly Dictionary<long, long> _uncommitted = new(Seeded);
    private long _transaction;
    private long _lastPosition;
    private int _trimAt = TrimInterval;

    public async ValueTask<IdempotencyRow?> FindAsync(DbSession session, IdempotencyKey key)
    {
        await CatchUpAsync(session);
        return _committed.TryGetValue(key.Hash, out var position) || _uncommitted.TryGetValue(key.Hash, out position)
            ? await _store.FindAsync(session, position, key)
            : null;
    }

    /// <summary>Appends a key that was not found.</summary>
    /// <returns>False if it has to go to the index: the log is full, or has another key with this hash.</returns>
    public async ValueTask<bool> TryAddAsync(DbSession session, IdempotencyKey key, IdempotencyRow row)
    {
        await CatchUpAsync(session);
        var position = _lastPosition + _uncommitted.Count + 1;
        if (_committed.Count + _uncommitted.Count >= Capacity || _committed.ContainsKey(key.Hash) || !_uncommitted.TryAdd(key.Hash, position))
            return false;
        await _store.AppendAsync(session, position, key, row);
        return true;
    }

    private async ValueTask CatchUpAsync(DbSession session)
    {
        if (session.Transaction == _transaction)
            return;
        _transaction = session.Transaction;
        _uncommitted.Clear();
        foreach (var row in await _store.AfterAsync(session, _lastPosition))
        {
            _committed[row.KeyHash] = row.Position;
            _lastPosition = row.Position;
        }

        if (_committed.Count >= _trimAt)
            await TrimAsync(session);
    }

    private async Task TrimAsync(DbSession session)
    {
        var first = (await _store.EndsAsync(session))?.First ?? 0;
        foreach (var (hash, position) in _committed)
        {
            if (position < first)
                _committed.Remove(hash);
        }

        _trimAt = _committed.Count + TrimInterval;
    }
}
