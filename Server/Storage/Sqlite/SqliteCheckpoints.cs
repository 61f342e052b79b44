using SQLitePCL;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>
/// Moves what is committed from the write-ahead log to the database file. SQLite does it within a COMMIT, whose callers wait meanwhile: longer,
/// the more pages of a large database are touched. Here another connection does it while the writer goes on, and the
/// writer, between two transactions, moves the little that was added meanwhile: then the log starts over.
/// A failure is not reported here. The log grows, and the next checkpoint tries again.
/// </summary>
internal sealed class SqliteCheckpoints : IAsyncDisposable
{
    // More than SQLite's default: hot pages are written back less often.
    private const int Interval = 4_000;

    private readonly sqlite3 _writer;
    private readonly PreparedConnection _own;
    private int _lastWritten;
    private Task? _running;

    /// <param name="writer">The writer's connection, whose own checkpoints are switched off.</param>
    /// <param name="own">A connection for nothing but this.</param>
    public SqliteCheckpoints(sqlite3 writer, PreparedConnection own)
    {
        (_writer, _own) = (writer, own);
        raw.sqlite3_wal_autocheckpoint(writer, 0);
    }

    /// <summary>Begins or ends a checkpoint if one is due. For the writer's thread, between two transactions.</summary>
    public void Continue()
    {
        if (_running is null)
        {
            raw.sqlite3_db_status(_writer, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, 0);
            if (written - _lastWritten < Interval)
                return;
            _lastWritten = written;
            _running = Task.Run(() => Checkpoint(_own.Handle!));
        }
        else if (_running.IsCompleted)
        {
            _running = null;
            Checkpoint(_writer);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
            await _running;
        await _own.DisposeAsync();
    }

    // Passive: as much as readers allow, waiting for none of them.
    private static void Checkpoint(sqlite3 connection) =>
        raw.sqlite3_wal_checkpoint_v2(connection, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
}
