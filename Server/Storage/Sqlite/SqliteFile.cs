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
    private readonly Companion _log;
    private readonly Companion _index;

    public SqliteFile(sqlite3 database)
    {
        _database = database;
        // SQLite's own name for it, in which links are resolved.
        _path = raw.sqlite3_db_filename(database, "main").utf8_to_string();
        _log = new($"{_path}-wal");
        _index = new($"{_path}-shm");
    }

    /// <exception cref="StorageUnavailableException">They do not. What the log held is in the database file now, as far as that can be written.</exception>
    public void RequireInPlace()
    {
        // Without the index another process begins one of its own, and overwrites in the log what this one's still names: nothing is copied from it.
        var isIndexLost = _index.IsLost;
        if (!isIndexLost && !_log.IsLost && !IsMoved())
            return;
        if (!isIndexLost)
            raw.sqlite3_wal_checkpoint_v2(_database, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
        throw new StorageUnavailableException($"The database {_path}, its -wal or its -shm was renamed, replaced or deleted: put it back and restart.");
    }

    /// <summary>The same after a commit, which has written the log and its index.</summary>
    public void RequireWritten()
    {
        _log.Identify();
        _index.Identify();
        RequireInPlace();
    }

    private bool IsMoved()
    {
        if (OperatingSystem.IsWindows())
            return false;
        var result = NativeSqlite.FileControl(_database.DangerousGetHandle(), 0, HasMoved, out var moved);
        return result == raw.SQLITE_OK && moved != 0;
    }

    /// <summary>A file that SQLite keeps beside the database while that is open, and makes with the first commit at the latest.</summary>
    private sealed class Companion(string path)
    {
        private long? _id;

        public bool IsLost => _id is { } id && (id == FileId.None || FileId.Of(path) != id);

        public void Identify() => _id ??= FileId.Of(path);
    }
}
