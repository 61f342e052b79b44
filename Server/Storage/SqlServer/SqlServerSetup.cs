using System.Diagnostics;
using Dapper;
using Microsoft.Data.SqlClient;

namespace ChatHub.Server.Storage.SqlServer;

/// <summary>
/// A database ready to be used: there, with row versioning, and up to date. Several instances may start at once. A
/// database that is away is tried again for longer than a failover takes: a database often starts beside its servers.
/// </summary>
internal sealed class SqlServerSetup(SqlConnectionStringBuilder settings, ILogger log)
{
    private static readonly TimeSpan Limit = RetrySchedule.Limit;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private const int ConnectSeconds = 5;

    private string Name => settings.InitialCatalog;

    /// <param name="prepare">
    /// Brings the schema up to date, with a connection to the database; the second argument says whether reads are versioned there.
    /// </param>
    /// <param name="cancellation">Ends the attempts.</param>
    public async Task RunAsync(Func<SqlConnection, bool, Task> prepare, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var isOpen = false;
            try
            {
                await using var connection = await OpenAsync(limit.Token);
                isOpen = true;
                await prepare(connection, await IsVersionedAsync(connection, limit.Token));
                return;
            }
            catch (Exception e) when (e is SqlException or NoConnectionException or LockTimeoutException or UnknownOutcomeException)
            {
                if (IsLasting(e, isOpen) || Stopwatch.GetElapsedTime(began) + Pause > Limit)
                    throw Unusable(e);
                StorageLog.NotYet(log, Name, settings.DataSource, FirstLine(e));
            }
            catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
            {
                throw Unusable(e);
            }

            // Jittered: instances that start together do not retry together.
            await Task.Delay(Pause * (0.5 + Random.Shared.NextDouble()), cancellation);
        }
    }

    // A server may say in many ways that it will not open a database yet.
    private static bool IsLasting(Exception e, bool isOpen) => e is SqlException fault
        && (isOpen ? SqlServerFaults.Kind(e) == FaultKind.Permanent : fault.Number is SqlServerFaults.LoginFailed or SqlServerFaults.CreateDenied);

    private async Task<SqlConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new SqlConnection(Unpooled(Name, TimeLimits.Migration));
        try
        {
            if (!await TryOpenAsync(connection, cancellation))
            {
                await CreateMissingAsync(cancellation);
                await NoConnectionException.OpenAsync(connection, cancellation, cancellation);
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // Any fault may mean that it is missing: sys.databases says.
    private static async Task<bool> TryOpenAsync(SqlConnection connection, CancellationToken cancellation)
    {
        try
        {
            await NoConnectionException.OpenAsync(connection, cancellation, cancellation);
            return true;
        }
        catch (Exception e) when (e is NoConnectionException or SqlException { Number: not SqlServerFaults.LoginFailed })
        {
            return false;
        }
    }

    /// <summary>Of those who find no database, one creates it.</summary>
    private async Task CreateMissingAsync(CancellationToken cancellation)
    {
        await using var master = await LockServerAsync(cancellation);
        if (await master.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM sys.databases WHERE name = @name", new { name = Name }) > 0)
            return;
        try
        {
            await SqlServerTransaction.ExecuteAsync(master, $"CREATE DATABASE {Quoted}");
        }
        catch (SqlException e) when (e.Number == SqlServerFaults.DatabaseExists)
        {
            return;
        }

        StorageLog.Created(log, Name, settings.DataSource);
        // It is new: instances that have found it already lose the connection, and retry.
        if (await SwitchOnAsync(master, Quoted, "ROLLBACK IMMEDIATE") is { } refusal)
            StorageLog.NotYet(log, Name, settings.DataSource, FirstLine(refusal));
    }

    /// <summary>Whether READ_COMMITTED_SNAPSHOT is on; switches it on where nothing else is connected.</summary>
    private async Task<bool> IsVersionedAsync(SqlConnection connection, CancellationToken cancellation)
    {
        if (await ReadOptionAsync(connection))
            return true;
        // The instance that has just created it may be about to switch it on.
        await WaitForCreatorAsync(cancellation);
        if (await ReadOptionAsync(connection))
            return true;
        var refusal = await SwitchOnAsync(connection, "CURRENT", "NO_WAIT");
        if (await ReadOptionAsync(connection))
            return true;
        StorageLog.NotVersioned(log, Name, $"ALTER DATABASE {Quoted} SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE", refusal is null ? "" : FirstLine(refusal));
        return false;
    }

    // Anything but a plain 1 counts as off: 0, in transition, not to be seen.
    private static async Task<bool> ReadOptionAsync(SqlConnection connection) =>
        await connection.ExecuteScalarAsync<int?>(
            "SELECT CAST(is_read_committed_snapshot_on AS INT) FROM sys.databases WHERE name = DB_NAME()") == 1;

    /// <returns>The refusal, if it was one.</returns>
    private static async Task<SqlException?> SwitchOnAsync(SqlConnection connection, string database, string others)
    {
        try
        {
            await using var command = new SqlCommand($"ALTER DATABASE {database} SET READ_COMMITTED_SNAPSHOT ON WITH {others}", connection)
            {
                CommandTimeout = TimeLimits.Database.CommandSeconds,
            };
            await command.ExecuteNonQueryAsync();
            return null;
        }
        catch (SqlException e) when (e.Class < 20)
        {
            return e;
        }
    }

    private async Task WaitForCreatorAsync(CancellationToken cancellation)
    {
        try
        {
            await using var master = await LockServerAsync(cancellation);
        }
        catch (Exception e) when (e is SqlException or NoConnectionException)
        {
            // Not every login may look into master; and then it has not created the database either.
        }
    }

    /// <summary>Holds the lock under which databases are created, until it is disposed.</summary>
    private async Task<SqlConnection> LockServerAsync(CancellationToken cancellation)
    {
        var master = new SqlConnection(Unpooled("master", TimeLimits.Database));
        try
        {
            await NoConnectionException.OpenAsync(master, cancellation, cancellation);
            var granted = await master.ExecuteScalarAsync<int>(
                """
                DECLARE @granted INT;
                EXEC @granted = sp_getapplock @Resource = 'ChatHub', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = @timeout;
                SELECT @granted;
                """,
                new { timeout = TimeLimits.Database.ApplicationLockMilliseconds });
            return granted >= 0 ? master : throw new LockTimeoutException("ChatHub in master", granted);
        }
        catch
        {
            await master.DisposeAsync();
            throw;
        }
    }

    // An identifier cannot be a parameter; it is the operator's own.
    private string Quoted
    {
        get
        {
            using var builder = new SqlCommandBuilder();
            return builder.QuoteIdentifier(Name);
        }
    }

    private string Unpooled(string database, TimeLimits limits) => new SqlConnectionStringBuilder(settings.ConnectionString)
    {
        InitialCatalog = database,
        Pooling = false,
        ConnectTimeout = Math.Min(settings.ConnectTimeout, ConnectSeconds),
        CommandTimeout = limits.CommandSeconds,
    }.ConnectionString;

    private StorageException Unusable(Exception e) => new($"The database {Name} on {settings.DataSource} cannot be used: {FirstLine(e)}", e);

    private static string FirstLine(Exception e) => e.Message.ReplaceLineEndings("\n").Split('\n')[0];
}
