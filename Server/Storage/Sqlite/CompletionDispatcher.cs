using System.Collections.Concurrent;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>
/// Completes the callers' tasks in the order of commits: one group after the other, on one pool thread at a time. The
/// writer thread goes on meanwhile, and a group costs one thread switch instead of one for each of its callers.
/// </summary>
internal sealed class CompletionDispatcher(ILogger log) : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<SqliteWrite[]> _groups = new();
    private int _pending;

    public void Complete(SqliteWrite[] group)
    {
        _groups.Enqueue(group);
        if (Interlocked.Increment(ref _pending) == 1)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        do
        {
            _groups.TryDequeue(out var group);
            foreach (var write in group!)
                Complete(write);
        }
        while (Interlocked.Decrement(ref _pending) > 0);
    }

    private void Complete(SqliteWrite write)
    {
        try
        {
            write.Complete();
        }
        catch (Exception e)
        {
            // The command is committed; clients catch up by Sync.
            StorageLog.AfterCommitFailed(log, e);
        }
    }
}
