using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations.Idempotency;

/// <summary>
/// The keys that have left the log, found in their runs by filters in memory. Runs are never changed, and their numbers only
/// grow: each transaction first asks whether there are newer ones, by whichever process. For the writer's thread alone.
/// </summary>
internal sealed class IdempotencyRuns(IDatabase database)
{
    private readonly IdempotencyRunStore _store = new(database);
    private readonly List<(long Run, long UsedOn, IdempotencyFilter Filter)> _runs = [];
    private long _transaction;
    private long _lastRun;

    public async ValueTask<IdempotencyRow?> FindAsync(DbSession session, IdempotencyKey key)
    {
        await CatchUpAsync(session, key.Day);
        for (var i = _runs.Count - 1; i >= 0; i--)
        {
            if (_runs[i].Filter.MayHold(key.Hash) && await _store.FindAsync(session, _runs[i].Run, key) is { } row)
                return row;
        }

        return null;
    }

    private async ValueTask CatchUpAsync(DbSession session, long today)
    {
        if (session.Transaction == _transaction)
            return;
        _transaction = session.Transaction;
        foreach (var run in await _store.AfterAsync(session, _lastRun))
        {
            _runs.Add((run.Run, run.UsedOn, IdempotencyFilter.Of(run.Filter)));
            _lastRun = run.Run;
        }

        if (_runs.Count > 0 && _runs[0].UsedOn < today - 1)
            _runs.RemoveAll(run => run.UsedOn < today - 1);
    }
}
