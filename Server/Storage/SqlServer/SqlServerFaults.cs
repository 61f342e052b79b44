using Microsoft.Data.SqlClient;

namespace ChatHub.Server.Storage.SqlServer;

/// <summary>Which faults pass if the transaction is run again, and how often that is tried.</summary>
internal static class SqlServerFaults
{
    private const int ConflictTries = 20;
    private const int ConnectionTries = 8;

    // Its rules have not seen the row that it met: the next time they will, and refuse or answer by it.
    private const int DuplicateTries = 3;

    private const double FirstDelayMs = 10;
    private const int MostDoublings = 6;

    // 1205: chosen as a deadlock's victim. 3960, 3961: the snapshot was overtaken. 1222: waited too long for a lock.
    private static readonly HashSet<int> Conflicts = [1205, 1222, 3960, 3961];

    private static readonly HashSet<int> Duplicates = [2601, 2627];

    // Not to be had for the moment: a restart, a failover, a busy cloud database.
    private static readonly HashSet<int> Absences =
    [
        921, 976, 983, 4060, 4221, 6005, 10928, 10929, 17142, 18401, 40143, 40197, 40501, 40540, 40613, 49918, 49919, 49920,
    ];

    // From this severity on the connection is gone, whatever the reason and its number.
    private const byte Fatal = 20;

    /// <summary>How many times a transaction that failed so is run in all.</summary>
    public static int Tries(Exception fault) => fault switch
    {
        StaleScopeException => DuplicateTries,
        SqlException sql when Is(sql, Conflicts) => ConflictTries,
        SqlException sql when Is(sql, Duplicates) => DuplicateTries,
        SqlException sql when sql.Class >= Fatal || Is(sql, Absences) => ConnectionTries,
        _ => 1,
    };

    /// <summary>How long to wait before the next try: longer each time, and at random, so that rivals do not meet again.</summary>
    public static TimeSpan Delay(int tried) =>
        TimeSpan.FromMilliseconds(FirstDelayMs * (1 << Math.Min(tried, MostDoublings)) * Random.Shared.NextDouble());

    private static bool Is(SqlException fault, HashSet<int> numbers) =>
        fault.Errors.Cast<SqlError>().Any(error => numbers.Contains(error.Number));
}
