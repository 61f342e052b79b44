using Microsoft.Data.SqlClient;

namespace ChatHub.Server.Storage.SqlServer;

/// <summary>
/// A write transaction on a connection. BEGIN and COMMIT are batches of their own, without parameters: in a call to
/// sp_executesql, SQL Server would complain that it ends with another number of transactions than it began with (error 266).
/// </summary>
internal static class SqlServerTransaction
{
    private const string Commit = "COMMIT TRANSACTION";
    private const string Rollback = "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION";

    public static Task BeginAsync(SqlConnection connection, TimeLimits limits) =>
        ExecuteAsync(connection, $"SET XACT_ABORT ON; SET LOCK_TIMEOUT {limits.LockMilliseconds}; BEGIN TRANSACTION");

    /// <summary>Carries out the act between BEGIN and COMMIT, which is the caller's; if it throws, rolls back.</summary>
    public static async Task<T> RunAsync<T>(SqlConnection connection, TimeLimits limits, Func<Task<T>> act)
    {
        try
        {
            await BeginAsync(connection, limits);
            return await act();
        }
        catch
        {
            await RollbackAsync(connection);
            throw;
        }
    }

    /// <summary>
    /// Throws the server's own fault where that says that the transaction was rolled back, and can be run again;
    /// <see cref="UnknownOutcomeException"/> where the commit may have been carried out.
    /// </summary>
    public static async Task CommitAsync(SqlConnection connection)
    {
        try
        {
            await ExecuteAsync(connection, Commit);
        }
        catch (Exception e) when (e is SqlException or InvalidOperationException)
        {
            await RollbackAsync(connection);
            if (e is SqlException fault && SqlServerFaults.IsRolledBack(fault))
                throw;
            throw new UnknownOutcomeException(e);
        }
    }

    public static async Task ExecuteAsync(SqlConnection connection, string sql)
    {
        await using var command = new SqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Before the connection goes back to its pool, where the transaction would keep its locks.</summary>
    private static async Task RollbackAsync(SqlConnection connection)
    {
        try
        {
            if (connection.State == System.Data.ConnectionState.Open)
                await ExecuteAsync(connection, Rollback);
        }
        catch (Exception e) when (e is SqlException or InvalidOperationException)
        {
            // Not to be trusted any more: closed instead of pooled, which makes the server roll back.
            SqlConnection.ClearPool(connection);
        }
    }
}
