using Dapper;
using Microsoft.Data.SqlClient;

namespace ChatHub.Server.Storage.SqlServer;

/// <summary>
/// A database ready to be used: there, with row versioning, and up to date. Several instances may start at once. What
/// cannot be had yet is asked for again for a while: a database often starts beside its servers.
/// </summary>
internal sealed class SqlServerSetup(SqlConnectionStringBuilder settings, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private const int ConnectSeconds = 5;
    private const int LoginFailed = 18456;
    private const string ReadCommittedSnapshot = "READ_COMMITTED_SNAPSHOT";
    private const string SnapshotIsolation = "ALLOW_SNAPSHOT_ISOLATION";

    /// <summary>The settings, checked and completed.</summary>
    public static SqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            var settings = new SqlConnectionStringBuilder(connectionString)
            {
                // A server that was away a moment ago may be back: nothing is refused on account of an earlier failure.
                PoolBlockingPeriod = PoolBlockingPeriod.NeverBlock,
                MultipleActiveResultSets = false,
                Enlist = false,
            };
            if (settings.DataSource.Length > 0 && settings.InitialCatalog.Length > 0)
                return settings;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // Not told further: a connection string may hold a password.
        }

        throw new StorageException("Storage:ConnectionString must name a server and a database for SqlServer: Server=…;Database=….");
    }

    /// <param name="prepare">Brings the schema up to date, with a connection to the database.</param>
    /// <param name="cancellation">Ends the attempts.</param>
    public async Task RunAsync(Func<SqlConnection, Task> prepare, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Longest);
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = await OpenAsync(limit.Token);
                await prepare(connection);
                return;
            }
            catch (SqlException e)
            {
                // A wrong password stays wrong, and asking again may lock the login out.
                if (e.Number == LoginFailed || time.GetElapsedTime(began) + Pause > Longest)
                    throw Unusable(e);
                StorageLog.NotYet(log, settings.InitialCatalog, settings.DataSource, FirstLine(e));
            }
            catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
            {
                throw Unusable(e);
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    /// <summary>Whether reads may be snapshots; switches row versioning on where it is off and may be switched.</summary>
    public async Task<bool> AllowsSnapshotsAsync(SqlConnection connection)
    {
        var state = await connection.QuerySingleAsync<(bool ReadCommitted, bool Snapshots)>(
            "SELECT is_read_committed_snapshot_on, CAST(snapshot_isolation_state AS BIT) FROM sys.databases WHERE name = DB_NAME()");
        if (!state.ReadCommitted)
            await SwitchOnAsync(connection, "CURRENT", ReadCommittedSnapshot, "NO_WAIT");
        if (!state.Snapshots)
            await SwitchOnAsync(connection, "CURRENT", SnapshotIsolation, "NO_WAIT");
        return await CanReadSnapshotAsync(connection);
    }

    private async Task<SqlConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new SqlConnection(Unpooled(settings.InitialCatalog));
        try
        {
            if (!await TryOpenAsync(connection, cancellation))
            {
                await CreateMissingAsync(cancellation);
                await connection.OpenAsync(cancellation);
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // A server may say in many ways that it will not open a database: whether it is missing, it is asked itself.
    private static async Task<bool> TryOpenAsync(SqlConnection connection, CancellationToken cancellation)
    {
        try
        {
            await connection.OpenAsync(cancellation);
            return true;
        }
        catch (SqlException)
        {
            return false;
        }
    }

    /// <summary>Under a lock of the server's: of those who find no database, one makes it.</summary>
    private async Task CreateMissingAsync(CancellationToken cancellation)
    {
        var name = settings.InitialCatalog;
        await using var master = new SqlConnection(Unpooled("master"));
        await master.OpenAsync(cancellation);
        await master.ExecuteAsync(
            "EXEC sp_getapplock @Resource = 'ChatHub', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 15000");
        if (await master.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM sys.databases WHERE name = @name", new { name }) > 0)
            return;

        // An identifier cannot be a parameter; it is the operator's own, and quoted.
        using var builder = new SqlCommandBuilder();
        var quoted = builder.QuoteIdentifier(name);
        await master.ExecuteAsync($"CREATE DATABASE {quoted}");
        StorageLog.Created(log, name, settings.DataSource);
        // Whoever has found it already is thrown out, and comes again.
        await SwitchOnAsync(master, quoted, ReadCommittedSnapshot, "ROLLBACK IMMEDIATE");
        await SwitchOnAsync(master, quoted, SnapshotIsolation, "ROLLBACK IMMEDIATE");
    }

    /// <summary>A refusal is a warning: everything is as right without it, and slower where reads wait for writes.</summary>
    private async Task SwitchOnAsync(SqlConnection connection, string database, string option, string others)
    {
        try
        {
            await connection.ExecuteAsync($"ALTER DATABASE {database} SET {option} ON WITH {others}");
        }
        catch (SqlException e)
        {
            StorageLog.OptionRefused(log, settings.InitialCatalog, option, FirstLine(e));
        }
    }

    private static async Task<bool> CanReadSnapshotAsync(SqlConnection connection)
    {
        try
        {
            await connection.ExecuteAsync("SET TRANSACTION ISOLATION LEVEL SNAPSHOT; BEGIN TRANSACTION");
            await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM sys.tables");
            await connection.ExecuteAsync("COMMIT TRANSACTION");
            return true;
        }
        catch (SqlException)
        {
            await connection.ExecuteAsync("IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION");
            return false;
        }
    }

    private string Unpooled(string database) => new SqlConnectionStringBuilder(settings.ConnectionString)
    {
        InitialCatalog = database,
        Pooling = false,
        ConnectTimeout = Math.Min(settings.ConnectTimeout, ConnectSeconds),
        ConnectRetryCount = 0,
    }.ConnectionString;

    private StorageException Unusable(Exception e) => new(
        $"The database {settings.InitialCatalog} on {settings.DataSource} cannot be used: {FirstLine(e)}", e);

    private static string FirstLine(Exception e) => e.Message.ReplaceLineEndings("\n").Split('\n')[0];
}
