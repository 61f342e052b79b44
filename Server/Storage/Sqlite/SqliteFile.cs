using SQLitePCL;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>
/// Whether the path still names the file that the writer has open. SQLite goes on writing to a file that was renamed,
/// replaced or deleted, and what it acknowledges is lost with that file. Asked for each group of commands: it costs a
/// system call or two.
/// </summary>
internal sealed class SqliteFile(sqlite3 database)
{
    // SQLITE_FCNTL_HAS_MOVED, which the managed library does not have. Windows does not let an open file be moved.
    private const int HasMoved = 20;

    // SQLite's own name for it, in which links are resolved.
    private readonly string _path = raw.sqlite3_db_filename(database, "main").utf8_to_string();
    private bool _hasWal;

    /// <exception cref="StorageUnavailableException">It does not.</exception>
    public void RequireInPlace()
    {
        if (IsMoved() || (_hasWal && !File.Exists($"{_path}-wal")))
            throw new StorageUnavailableException($"The database {_path} or its -wal was renamed, replaced or deleted: put it back and restart.");
    }

    /// <summary>The same after a commit, which has written the -wal.</summary>
    public void RequireWritten()
    {
        _hasWal = true;
        RequireInPlace();
    }

    private bool IsMoved()
    {
        if (OperatingSystem.IsWindows())
            return false;
        var result = NativeSqlite.FileControl(database.DangerousGetHandle(), 0, HasMoved, out var moved);
        return result == raw.SQLITE_OK && moved != 0;
    }
}
