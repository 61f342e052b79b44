using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>Which of SQLite's errors say that the file cannot be used for now.</summary>
internal static class SqliteFaults
{
    /// <summary>The exception for callers: a disk that is full, a file that is locked, read-only or away is an outage; anything else is a defect.</summary>
    public static Exception Translate(Exception e) => e is SqliteException fault && IsOutage(fault)
        ? new StorageUnavailableException($"The database cannot be used: {fault.Message}", fault)
        : e;

    private static bool IsOutage(SqliteException fault) => fault.SqliteErrorCode is
        raw.SQLITE_PERM or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_READONLY or raw.SQLITE_IOERR or raw.SQLITE_FULL
        or raw.SQLITE_CANTOPEN or raw.SQLITE_PROTOCOL;
}
