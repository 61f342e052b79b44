using SQLitePCL;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>
/// Whether the paths still name the files that the writer has open. SQLite goes on writing to files that were renamed,
/// replaced or deleted, and what it acknowledges is lost with them. Asked for each group of commands: it costs a
/// system call or two.
/// </summary>
internal sealed class SqliteFile
{
    // SQLITE_FCNTL_HAS_MOVED, which the managed library does not have. Windows does not let an open file be moved.
    private const int HasMoved = 20;

    private readonly sqlite3 _database;
    private readonly string _path;
    private readonly string _logPath;
    private long? _logId;

    public SqliteFile(sqlite3 database)
    {
        _database = database;
        // SQLite's own name for it, in which links are resolved.
        _path = raw.sqlite3_db_filename(database, "main").utf8_to_string();
        _logPath = $"{_path}-wal";
    }

    /// <exception cref="StorageUnavailableException">They do not. What the log holds is in the database file now, as far as that can be written.</exception>
    public void RequireInPlace()
    {
        if (!IsMoved() && !IsLogLost())
            return;
        raw.sqlite3_wal_checkpoint_v2(_database, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
        throw new StorageUnavailableException($"The database {_path} or its -wal was renamed, replaced or deleted: put it back and restart.");
    }

    /// <summary>The same after a commit, which has written the log.</summary>
    public void RequireWritten()
    {
        _logId ??= FileId.Of(_logPath);
        RequireInPlace();
    }

    private bool IsMoved()
    {
        if (OperatingSystem.IsWindows())
            return false;
        var result = NativeSqlite.FileControl(_database.DangerousGetHandle(), 0, HasMoved, out var moved);
        return result == raw.SQLITE_OK && moved != 0;
    }

    private bool IsLogLost() => _logId is { } id && (id == FileId.None || FileId.Of(_logPath) != id);
}
