using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>
/// Group commit: commands queue, and a dedicated thread runs all that wait as one transaction, so that one fsync serves
/// many. Each caller's task completes after its own commit, in the order of commits. At most 10,000 commands wait.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MaxQueued = 10_000;
    private const int MaxGroupSize = 512;

    private readonly PreparedConnection _connection;
    private readonly DbSession _session;
    private readonly SqliteWriteLock _lock;
    private readonly SqliteFile _file;
    private readonly OutageLog _outages;
    private readonly ILogger _log;
    private readonly CompletionDispatcher _completions;
    private readonly SemaphoreSlim _capacity = new(MaxQueued);
    private readonly object _gate = new(); // a Monitor, because the writer waits on it: a semaphore spins before it sleeps
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<SqliteWrite> _waiting = [];
    private bool _stopping;

    public SqliteWriter(PreparedConnection connection, OutageLog outages, TimeProvider time, ILogger log)
    {
        _connection = connection;
        _session = new DbSession(connection);
        _lock = new SqliteWriteLock(connection.Handle!, time);
        _file = new SqliteFile(connection.Handle!);
        _outages = outages;
        _log = log;
        _completions = new CompletionDispatcher(log);
        new Thread(Loop) { IsBackground = true, Name = "SQLite writer" }.Start();
    }

    public Task<T> WriteAsync<T>(Func<DbSession, Task<T>> command, Action<T>? committed, CancellationToken cancellation)
    {
        var write = new SqliteWrite<T>(command, committed, cancellation);
        if (!_capacity.Wait(0, CancellationToken.None))
            return WaitAsync();
        Enqueue(write);
        return write.Completion;

        async Task<T> WaitAsync()
        {
            await _capacity.WaitAsync(cancellation);
            Enqueue(write);
            return await write.Completion;
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        await _stopped.Task;
    }

    private void Enqueue(SqliteWrite write)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            _waiting.Add(write);
            StorageMetrics.Queued.Add(1);
            // Awake already if something waited.
            if (_waiting.Count == 1)
                Monitor.Pulse(_gate);
        }
    }

    private void Loop()
    {
        List<SqliteWrite> taken = [];
        while (true)
        {
            lock (_gate)
            {
                while (_waiting.Count == 0 && !_stopping)
                    Monitor.Wait(_gate);
                if (_waiting.Count == 0)
                    break;
                (taken, _waiting) = (_waiting, taken);
            }

            foreach (var group in taken.Chunk(MaxGroupSize))
                Commit(group);
            taken.Clear();
        }

        _lock.Dispose();
        _file.PrepareToClose();
        _connection.Dispose();
        _stopped.SetResult();
    }

    // Some failures (a full disk) roll back the whole transaction by themselves: later statements would then commit one by one.
    private bool IsTransactionOver => raw.sqlite3_get_autocommit(_connection.Handle) != 0;

    private void Commit(SqliteWrite[] group)
    {
        _lock.YieldToOtherWriters();
        if (!TryCommit(group))
        {
            // A command threw after it had written: the group was rolled back, and each command runs again in its own transaction.
            foreach (var write in group)
                TryCommit([write]);
        }

        _lock.Released();
        _capacity.Release(group.Length);
        StorageMetrics.Queued.Add(-group.Length);
        LogOutage(group);
        _completions.Complete(group);
    }

    /// <returns>False if the group was rolled back and has to run again one by one.</returns>
    private bool TryCommit(ReadOnlySpan<SqliteWrite> group)
    {
        try
        {
            _file.RequireInPlace();
            var startedAt = Stopwatch.GetTimestamp();
            _lock.Begin();
            _session.Began();
            foreach (var write in group)
            {
                var before = raw.sqlite3_total_changes(_connection.Handle);
                write.Run(_session);
                if (write.Failed && (IsTransactionOver || raw.sqlite3_total_changes(_connection.Handle) != before))
                {
                    Rollback();
                    return group.Length == 1;
                }
            }

            Execute("COMMIT");
            _file.RequireWritten();
            StorageMetrics.Committed(startedAt, group.Length);
            return true;
        }
        catch (Exception e) when (e is SqliteException or StorageUnavailableException)
        {
            if (SqliteFaults.Translate(e) is not StorageUnavailableException)
                StorageLog.CommitFailed(_log, e, group.Length);
            Rollback();
            foreach (var write in group)
                write.Fail(e);
            return true;
        }
    }

    private void LogOutage(SqliteWrite[] group)
    {
        if (Array.Find(group, write => write.Outage is not null)?.Outage is { } outage)
            _outages.Add(outage);
    }

    private void Execute(string sql) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(_connection.Handle, sql), _connection.Handle);

    private void Rollback()
    {
        if (!IsTransactionOver)
            Execute("ROLLBACK");
    }
}
