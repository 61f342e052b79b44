using System.Collections.Concurrent;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>
/// Tells callers how their commands ended, in the order of commits: one group after the other, on one pool thread at a
/// time. The writer is back at work meanwhile, and a group costs one hand-over instead of one for each of its callers.
/// </summary>
internal sealed class CompletionDispatcher(ILogger log) : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<SqliteWrite[]> _groups = new();
    private int _unfinished;

    public void Finish(SqliteWrite[] group)
    {
        _groups.Enqueue(group);
        if (Interlocked.Increment(ref _unfinished) == 1)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        do
        {
            _groups.TryDequeue(out var group);
            foreach (var write in group!)
                Finish(write);
        }
        while (Interlocked.Decrement(ref _unfinished) > 0);
    }

    private void Finish(SqliteWrite write)
    {
        try
        {
            write.Finish();
        }
        catch (Exception e)
        {
            // Committed all the same; clients catch up by Sync.
            StorageLog.AfterCommitFailed(log, e);
        }
    }
}
