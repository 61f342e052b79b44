using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>Which of SQLite's errors say that the file cannot be used, for now or because it is damaged.</summary>
internal static class SqliteFaults
{
    /// <summary>
    /// The exception for callers: a disk that is full, a file that is locked, read-only, away or damaged is an outage; anything else is
    /// a defect.
    /// </summary>
    public static Exception Translate(Exception e) => e switch
    {
        SqliteException fault when IsOutage(fault) => new StorageUnavailableException($"The database cannot be used: {fault.Message}", fault),
        SqliteException fault when IsDamage(fault) => new StorageUnavailableException(fault.Message, fault) { IsDamage = true },
        _ => e,
    };

    private static bool IsOutage(SqliteException fault) => fault.SqliteErrorCode is
        raw.SQLITE_PERM or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_READONLY or raw.SQLITE_IOERR or raw.SQLITE_FULL
        or raw.SQLITE_CANTOPEN or raw.SQLITE_PROTOCOL;

    private static bool IsDamage(SqliteException fault) => fault.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;
}
