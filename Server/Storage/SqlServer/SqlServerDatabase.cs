using Dapper;
using Microsoft.Data.SqlClient;

namespace ChatHub.Server.Storage.SqlServer;

/// <summary>
/// SQL Server, shared by several instances. Each command runs in a transaction of its own, which holds the rows of the
/// users it concerns from before its first read (<see cref="LockScope"/>): of two commands about one user the second reads
/// what the first has committed, whichever instance runs it. Reads are snapshots and wait for nobody.
/// </summary>
public sealed class SqlServerDatabase : IDatabase, IDisposable
{
    private const string BeginWrite = "SET XACT_ABORT ON; SET TRANSACTION ISOLATION LEVEL READ COMMITTED; BEGIN TRANSACTION;";
    private const string BeginSnapshot = "SET XACT_ABORT ON; SET TRANSACTION ISOLATION LEVEL SNAPSHOT; BEGIN TRANSACTION;";
    private const string Commit = "COMMIT TRANSACTION;";
    private const string Rollback = "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION;";

    private readonly SqlServerSetup _setup;
    private readonly string _connectionString;
    private readonly TimeProvider _time;
    private readonly ILogger<SqlServerDatabase> _log;
    private readonly CommitOrder _order = new();

    // So many transactions of a kind at once, that none ever waits for a connection of the pool.
    private readonly SemaphoreSlim _writers;
    private readonly SemaphoreSlim _readers;
    private string _beginRead = BeginSnapshot;

    public SqlServerDatabase(string connectionString, TimeProvider time, ILogger<SqlServerDatabase> log)
    {
        var settings = SqlServerSetup.Parse(connectionString);
        _setup = new SqlServerSetup(settings, time, log);
        _connectionString = settings.ConnectionString;
        _time = time;
        _log = log;
        var writers = Math.Max(1, settings.MaxPoolSize / 2);
        _writers = new(writers);
        _readers = new(Math.Max(1, settings.MaxPoolSize - writers));
    }

    public Dialect Dialect { get; } = new SqlServerDialect();

    public string Epoch { get; private set; } = "";

    public Task InitializeAsync(CancellationToken cancellation) => _setup.RunAsync(PrepareAsync, cancellation);

    public Task<T> ReadAsync<T>(Func<DbSession, Task<T>> query, CancellationToken cancellation) =>
        RunAsync(_readers, () => TryReadAsync(query, cancellation), cancellation);

    public Task<T> WriteAsync<T>(Func<DbSession, Task<T>> command, Action<T>? committed, CancellationToken cancellation) =>
        WriteAsync(LockScope.Database, command, committed, cancellation);

    public Task<T> WriteAsync<T>(
        LockScope scope, Func<DbSession, Task<T>> command, Action<T>? committed, CancellationToken cancellation) =>
        RunAsync(_writers, () => TryWriteAsync(scope, command, committed, cancellation), cancellation);

    public void Dispose()
    {
        using (var connection = new SqlConnection(_connectionString))
            SqlConnection.ClearPool(connection);
        _writers.Dispose();
        _readers.Dispose();
    }

    private async Task PrepareAsync(SqlConnection connection)
    {
        _beginRead = await _setup.AllowsSnapshotsAsync(connection) ? BeginSnapshot : BeginWrite;
        var applied = await WriteAsync(MigrateAsync, null, CancellationToken.None);
        if (applied.Count > 0)
            StorageLog.Migrated(_log, connection.Database, string.Join(", ", applied));
        Epoch = await WriteAsync(session => EpochStore.EnsureAsync(session), null, CancellationToken.None);
    }

    private async Task<IReadOnlyList<string>> MigrateAsync(DbSession session)
    {
        await session.ExecuteAsync(
            """
            IF OBJECT_ID('schema_migrations') IS NULL
                CREATE TABLE schema_migrations (number INT NOT NULL PRIMARY KEY, name NVARCHAR(200) NOT NULL, applied_at BIGINT NOT NULL)
            """);
        return await Migrator.ApplyAsync(session, Migration.Of(Dialect), _time.GetUtcNow());
    }

    private static async Task<T> RunAsync<T>(SemaphoreSlim places, Func<Task<T>> attempt, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation);
        try
        {
            for (var tried = 1; ; tried++)
            {
                try
                {
                    return await attempt();
                }
                catch (Exception e) when (tried < SqlServerFaults.Tries(e))
                {
                    await Task.Delay(SqlServerFaults.Delay(tried), cancellation);
                }
            }
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<T> TryReadAsync<T>(Func<DbSession, Task<T>> query, CancellationToken cancellation)
    {
        await using var connection = new SqlConnection(_connectionString);
        await connection.OpenAsync(cancellation);
        return await InTransactionAsync(connection, _beginRead, async () =>
        {
            var result = await query(new DbSession(connection, new SqlServerPreparedConnection(connection)));
            await connection.ExecuteAsync(Commit);
            return result;
        });
    }

    private async Task<T> TryWriteAsync<T>(
        LockScope scope, Func<DbSession, Task<T>> command, Action<T>? committed, CancellationToken cancellation)
    {
        await using var connection = new SqlConnection(_connectionString);
        await connection.OpenAsync(cancellation);
        var (result, held) = await InTransactionAsync(connection, BeginWrite, async () =>
        {
            var users = await SqlServerLocks.TakeAsync(connection, scope);
            cancellation.ThrowIfCancellationRequested();
            return (await command(new DbSession(connection, new SqlServerPreparedConnection(connection), users)), users);
        });

        using var turn = _order.Take(held);
        await CommitAsync(connection);
        await turn.ComesAsync();
        Show(committed, result);
        return result;
    }

    private static async Task<T> InTransactionAsync<T>(SqlConnection connection, string begin, Func<Task<T>> act)
    {
        try
        {
            await connection.ExecuteAsync(begin);
            return await act();
        }
        catch
        {
            await RollbackAsync(connection);
            throw;
        }
    }

    /// <summary>Before the connection goes back to its pool, where the transaction would keep its locks.</summary>
    private static async Task RollbackAsync(SqlConnection connection)
    {
        try
        {
            await connection.ExecuteAsync(Rollback);
        }
        catch (Exception e) when (e is SqlException or InvalidOperationException)
        {
            // The connection is gone, and the server rolls back by itself.
        }
    }

    /// <summary>Not tried again: where the connection broke, the commit may have been carried out.</summary>
    private static async Task CommitAsync(SqlConnection connection)
    {
        try
        {
            await connection.ExecuteAsync(Commit);
        }
        catch (SqlException e)
        {
            await RollbackAsync(connection);
            throw new StorageException("The connection to the database broke in a commit: whether it was carried out is not known.", e);
        }
    }

    private void Show<T>(Action<T>? committed, T result)
    {
        try
        {
            committed?.Invoke(result);
        }
        catch (Exception e)
        {
            // Committed all the same; clients catch up by Sync.
            StorageLog.AfterCommitFailed(_log, e);
        }
    }
}
