using Microsoft.Data.SqlClient;

namespace ChatHub.Server.Storage.SqlServer;

/// <summary>
/// Sorts faults by their number. The numbers are Microsoft's: "Database Engine events and errors", "Transient connection
/// errors" of Azure SQL, and SqlClient's own retry logic.
/// </summary>
internal static class SqlServerFaults
{
    /// <summary>The login was refused: asking again may lock it out.</summary>
    public const int LoginFailed = 18456;

    /// <summary>The login may not create databases.</summary>
    public const int CreateDenied = 262;

    /// <summary>Another one has created the database meanwhile.</summary>
    public const int DatabaseExists = 1801;

    // From this class (severity) on the connection is gone, whatever the number.
    private const byte Fatal = 20;

    // 1205: chosen as the deadlock victim. 1222: LOCK_TIMEOUT. 3960, 3961: a row version was overtaken (a database whose
    // operator reads by SNAPSHOT raises them here too). 3902, 3930, 3998: the transaction was rolled back, or can only be.
    private static readonly HashSet<int> Conflicts = [1205, 1222, 3902, 3930, 3960, 3961, 3998];

    private static readonly HashSet<int> Duplicates = [2601, 2627];

    private static readonly HashSet<int> Outages =
    [
        // The client's own time-out, and connections that break or cannot be made, where the class does not say so.
        -2, -1, 20, 53, 64, 121, 233, 258, 10053, 10054, 10060, 10061,
        // Not open: missing or recovering, in transition, single-user, a secondary that cannot be read, restoring, offline.
        4060, 615, 921, 922, 924, 926, 927, 942, 976, 978, 979, 982, 983, 35250, 41383,
        // Read-only: after a failover the connection leads to what is a secondary now.
        3906, 3908,
        // Starting, pausing, ending; a session that was killed (ALTER DATABASE … WITH ROLLBACK IMMEDIATE does that).
        596, 6005, 17142, 17148, 17189, 18401, 18451,
        // Short of lock memory, memory, a memory grant, time for a buffer, log space in a moment's peak.
        1204, 701, 802, 8645, 8651, 8628, 845, 9002,
        // Azure SQL: resource limits, service busy, reconfiguration, moved.
        4221, 10928, 10929, 10936, 40143, 40166, 40197, 40501, 40540, 40613, 42108, 42109, 49918, 49919, 49920,
    ];

    private static readonly HashSet<int> RolledBack = [1205, 3902, 3930, 3998];

    // Where a connection leads to a replica that was the primary: a secondary cannot be written, or not read.
    private static readonly HashSet<int> MovedAway = [976, 978, 979, 982, 983, 3906, 3908];

    /// <summary>Whether other connections of the pool lead to the same place, which is gone, or not the primary any more.</summary>
    public static bool ConcernsPool(SqlException fault) => fault.Class >= Fatal || Is(fault, MovedAway);

    public static FaultKind Kind(Exception fault) => fault switch
    {
        StaleScopeException => FaultKind.Unseen,
        LockTimeoutException => FaultKind.Conflict,
        NoConnectionException => FaultKind.Outage,
        SqlException sql when Is(sql, Conflicts) => FaultKind.Conflict,
        SqlException sql when Is(sql, Duplicates) => FaultKind.Unseen,
        SqlException sql when sql.Class >= Fatal || Is(sql, Outages) => FaultKind.Outage,
        _ => FaultKind.Permanent,
    };

    /// <summary>Whether a COMMIT that failed so has certainly not been carried out. Otherwise its outcome is unknown.</summary>
    public static bool IsRolledBack(SqlException fault) => fault.Class < Fatal && Is(fault, RolledBack);

    private static bool Is(SqlException fault, HashSet<int> numbers) =>
        fault.Errors.Cast<SqlError>().Any(error => numbers.Contains(error.Number));
}
