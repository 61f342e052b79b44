using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations.Idempotency;

/// <summary>
/// The keys that have left the log, found in their runs by filters in memory. Runs are never changed, and their numbers only
/// grow: each transaction first asks whether there are newer ones, by whichever process, and before it completes one itself, so
/// that memory holds none that is rolled back. For the writer's thread alone.
/// </summary>
internal sealed class IdempotencyRuns(IDatabase database)
{
    private readonly IdempotencyRunStore _store = new(database);
    private readonly List<(long Run, long UsedOn, IdempotencyFilter Filter)> _runs = [];
    private long _transaction;
    private long _lastRun;

    public async ValueTask<IdempotencyRow?> FindAsync(DbSession session, IdempotencyKey key)
    {
        await CatchUpAsync(session);
        while (_runs.Count > 0 && _runs[0].UsedOn < key.Day - 1)
            _runs.RemoveAt(0);
        for (var i = _runs.Count - 1; i >= 0; i--)
        {
            if (_runs[i].Filter.MayHold(key.Hash) && await _store.FindAsync(session, _runs[i].Run, key) is { } row)
                return row;
        }

        return null;
    }

    /// <summary>Completes a run whose keys are written.</summary>
    /// <returns>False if another process has completed one of this number.</returns>
    public async Task<bool> CompleteAsync(DbSession session, IdempotencyRun run)
    {
        await CatchUpAsync(session);
        return await _store.CompleteAsync(session, run);
    }

    private async ValueTask CatchUpAsync(DbSession session)
    {
        if (session.Transaction == _transaction)
            return;
        _transaction = session.Transaction;
        foreach (var run in await _store.AfterAsync(session, _lastRun))
        {
            _runs.Add((run.Run, run.UsedOn, new IdempotencyFilter(run.Filter)));
            _lastRun = run.Run;
        }
    }
}
