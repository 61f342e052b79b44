using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>
/// The file's write lock, shared with other processes. SQLite keeps no queue for it: the process that has just released it
/// nearly always acquires it again. So a writer that detects other writers leaves the lock free for a moment after each
/// time slice. A single writer never waits.
/// </summary>
internal sealed class SqliteWriteLock : IDisposable
{
    private static readonly TimeSpan BusyLimit = TimeSpan.FromSeconds(10);

    // Once it was waited for in vain: whatever has queued meanwhile fails soon, instead of one group each ten seconds.
    private static readonly TimeSpan StillBusyLimit = TimeSpan.FromMilliseconds(100);

    // The shortest sleep there is. SQLite's own busy handler backs off to 100 ms, and would miss the moments when the lock is free.
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(1);

    // Long enough for a waiting process to retry at least once.
    private static readonly TimeSpan YieldTime = TimeSpan.FromMilliseconds(2);

    // Shorter slices cost CPU: each switch of the writing process invalidates the other's page cache (docs/benchmarks.md).
    private static readonly TimeSpan TimeSlice = TimeSpan.FromMilliseconds(40);

    // After another process's commit, it counts as a writer for so long.
    private static readonly TimeSpan OtherWriterLifetime = TimeSpan.FromSeconds(5);

    private readonly sqlite3 _database;
    private readonly TimeProvider _time;
    private readonly sqlite3_stmt _version;
    private long _lastVersion;
    private long? _othersWroteAt;
    private long _sliceBegan;
    private long _releasedAt;
    private bool _wasBusy;

    /// <param name="database">The writer's connection. SQLite's own busy timeout is switched off on it.</param>
    /// <param name="time">Measures time slices.</param>
    public SqliteWriteLock(sqlite3 database, TimeProvider time)
    {
        (_database, _time) = (database, time);
        Check(raw.sqlite3_prepare_v3(database, "PRAGMA data_version", raw.SQLITE_PREPARE_PERSISTENT, out _version));
        _lastVersion = ReadVersion();
        Check(raw.sqlite3_busy_timeout(database, 0));
    }

    /// <summary>Leaves the lock to other writers, if there are any and this process's time slice is over. Called while the lock is free.</summary>
    public void YieldToOtherWriters()
    {
        if (_othersWroteAt is not { } at || _time.GetElapsedTime(at) > OtherWriterLifetime || _time.GetElapsedTime(_sliceBegan) < TimeSlice)
            return;
        if (_time.GetElapsedTime(_releasedAt) < YieldTime)
            Thread.Sleep(YieldTime);
        _sliceBegan = _time.GetTimestamp();
    }

    /// <summary>Begins a transaction that holds the lock.</summary>
    public void Begin()
    {
        var started = _time.GetTimestamp();
        var limit = _wasBusy ? StillBusyLimit : BusyLimit;
        while (true)
        {
            var result = raw.sqlite3_exec(_database, "BEGIN IMMEDIATE");
            _wasBusy = result == raw.SQLITE_BUSY;
            if (result == raw.SQLITE_OK)
                break;
            if (!_wasBusy || _time.GetElapsedTime(started) > limit)
                Check(result);
            Thread.Sleep(RetryInterval);
        }

        DetectOtherWriters();
    }

    /// <summary>Call after COMMIT or ROLLBACK.</summary>
    public void Released() => _releasedAt = _time.GetTimestamp();

    public void Dispose() => _version.Dispose();

    /// <summary>Detects a commit of another process: <c>PRAGMA data_version</c> changes, once a transaction has begun.</summary>
    private void DetectOtherWriters()
    {
        var version = ReadVersion();
        if (version == _lastVersion)
            return;
        _lastVersion = version;
        _othersWroteAt = _sliceBegan = _time.GetTimestamp();
    }

    private long ReadVersion()
    {
        raw.sqlite3_step(_version);
        var version = raw.sqlite3_column_int64(_version, 0);
        // sqlite3_reset repeats the step's error, if that failed.
        Check(raw.sqlite3_reset(_version));
        return version;
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
