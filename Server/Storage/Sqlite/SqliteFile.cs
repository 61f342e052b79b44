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
    private const int NoCheckpointOnClose = 1006; // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE

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

    /// <exception cref="StorageUnavailableException">
    /// They do not. What a deleted log held is in the database file now, as far as that can be written.
    /// </exception>
    public void RequireInPlace()
    {
        if (!_log.IsLost && !_index.IsLost && !IsMoved())
            return;
        // Beside another log, which the next start applies, newer pages in the database would be mixed with its older ones.
        if (_log.IsAbsentOrEmpty && MayCopyLog)
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

    /// <summary>Call before the last connection closes, which copies the log into the database and deletes it: here only where that is safe.</summary>
    public void PrepareToClose()
    {
        if (!MayCopyLog)
            raw.sqlite3_db_config(_database, NoCheckpointOnClose, 1, out _);
    }

    /// <summary>
    /// Without the index another process begins one of its own, and writes to the log what this process does not know of. It has begun none
    /// while there is no index, and not to this log once that is deleted.
    /// </summary>
    private bool MayCopyLog => !_index.IsLost || (_index.IsAbsent && _log.IsAbsentOrEmpty);

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

        public bool IsAbsent => FileId.Of(path) == FileId.None;

        /// <summary>A connection that is opened without the log makes an empty one.</summary>
        public bool IsAbsentOrEmpty => new FileInfo(path) is not { Exists: true, Length: > 0 };

        public bool IsLost => _id is { } id && (id == FileId.None || FileId.Of(path) != id);

        public void Identify() => _id ??= FileId.Of(path);
    }
}
