using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>
/// The file's one write lock, which other processes may want too. SQLite keeps no queue for it: whoever asks at the right
/// moment has it, and that is nearly always whoever has just let go of it. So a writer that is not alone leaves it free
/// for a moment after each turn. One that is alone never waits.
/// </summary>
internal sealed class SqliteWriteLock : IDisposable
{
    private static readonly TimeSpan BusyLimit = TimeSpan.FromSeconds(10);

    // Once it was waited for in vain: whatever has queued meanwhile fails soon, instead of one group each ten seconds.
    private static readonly TimeSpan StillBusyLimit = TimeSpan.FromMilliseconds(100);

    // The shortest sleep there is. SQLite's own wait for a lock grows to 100 ms, and would miss every moment.
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(1);

    // Long enough for whoever waits to ask at least once.
    private static readonly TimeSpan FreeFor = TimeSpan.FromMilliseconds(2);

    // Shorter turns cost CPU: a process that comes after another reads its hot pages anew (docs/benchmarks.md).
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(40);

    // Another process that has written is taken to write on for so long.
    private static readonly TimeSpan NotAloneFor = TimeSpan.FromSeconds(5);

    private readonly sqlite3 _database;
    private readonly TimeProvider _time;
    private readonly sqlite3_stmt _version;
    private long _lastVersion;
    private long? _othersWroteAt;
    private long _turnBegan;
    private long _releasedAt;
    private bool _wasBusy;

    /// <param name="database">The writer's connection. From now on SQLite does not wait for locks on it.</param>
    /// <param name="time">Measures turns.</param>
    public SqliteWriteLock(sqlite3 database, TimeProvider time)
    {
        (_database, _time) = (database, time);
        Check(raw.sqlite3_prepare_v3(database, "PRAGMA data_version", raw.SQLITE_PREPARE_PERSISTENT, out _version));
        _lastVersion = ReadVersion();
        Check(raw.sqlite3_busy_timeout(database, 0));
    }

    /// <summary>Lets other processes go first if there are any and this one's turn is over. Called while the lock is free.</summary>
    public void YieldToOtherWriters()
    {
        if (_othersWroteAt is not { } at || _time.GetElapsedTime(at) > NotAloneFor || _time.GetElapsedTime(_turnBegan) < Turn)
            return;
        if (_time.GetElapsedTime(_releasedAt) < FreeFor)
            Thread.Sleep(FreeFor);
        _turnBegan = _time.GetTimestamp();
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
            Thread.Sleep(AskEvery);
        }

        DetectOtherWriters();
    }

    /// <summary>The transaction is over.</summary>
    public void Released() => _releasedAt = _time.GetTimestamp();

    public void Dispose() => _version.Dispose();

    /// <summary>Whether another process has written since this one did: SQLite knows once a transaction has begun.</summary>
    private void DetectOtherWriters()
    {
        var version = ReadVersion();
        if (version == _lastVersion)
            return;
        _lastVersion = version;
        _othersWroteAt = _turnBegan = _time.GetTimestamp();
    }

    private long ReadVersion()
    {
        raw.sqlite3_step(_version);
        var version = raw.sqlite3_column_int64(_version, 0);
        // Repeats the step's result if that failed.
        Check(raw.sqlite3_reset(_version));
        return version;
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
