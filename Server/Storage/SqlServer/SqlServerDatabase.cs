using System.Diagnostics;
using Microsoft.Data.SqlClient;

namespace ChatHub.Server.Storage.SqlServer;

/// <summary>
/// SQL Server, shared by several instances. Each command runs in a transaction of its own, which holds the rows of the
/// users it concerns from before its first read (<see cref="LockScope"/>): of two commands about one user the second reads
/// what the first has committed, whichever instance runs it. Reads run under READ COMMITTED, without a transaction: with
/// READ_COMMITTED_SNAPSHOT, which is expected, each statement of a read sees one state and waits for no one.
/// </summary>
public sealed class SqlServerDatabase : IDatabase, IDisposable
{
    private readonly SqlServerSetup _setup;
    private readonly string _connectionString;
    private readonly TimeLimits _limits;
    private readonly TimeProvider _time;
    private readonly ILogger<SqlServerDatabase> _log;
    private readonly OutageLog _outages;

    // Commits are handed to delivery in their order, user by user. A command takes its ticket while it still holds its users' rows, so
    // that tickets are in the order of commits; the responses to the commits may overtake each other.
    private readonly TicketQueue<long> _commits = new();

    // Commands on one chat begin in the order in which they came, as one sender's messages are expected to: locks of the database are
    // granted in any. Those that wait hold no connection.
    private readonly TicketQueue<string> _chats = new();

    // So many transactions of a kind at once that none ever waits for a connection of the pool.
    private readonly SemaphoreSlim _writers;
    private readonly SemaphoreSlim _readers;

    // Where reads wait for locks they must not wait longer than commands do.
    private bool _readsWaitForLocks;

    public SqlServerDatabase(string connectionString, TimeProvider time, ILogger<SqlServerDatabase> log)
    {
        var settings = SqlServerSettings.Parse(connectionString);
        _setup = new SqlServerSetup(settings, log);
        _connectionString = settings.ConnectionString;
        _limits = new(settings.CommandTimeout);
        _time = time;
        _log = log;
        _outages = new(time, log);
        var (writers, readers) = SqlServerSettings.Places(settings.MaxPoolSize);
        _writers = new(writers);
        _readers = readers == 0 ? _writers : new(readers);
    }

    public Dialect Dialect { get; } = new SqlServerDialect();

    public string Epoch { get; private set; } = "";

    /// <summary>How long a command or a read may be retried, and may wait for its place.</summary>
    internal TimeSpan RetryLimit { get; init; } = RetrySchedule.Limit;

    public Task InitializeAsync(CancellationToken cancellation) => _setup.RunAsync(PrepareAsync, cancellation);

    public Task<T> ReadAsync<T>(Func<DbSession, Task<T>> query, CancellationToken cancellation) =>
        RunAsync(_readers, connection => ReadAsync(connection, query), cancellation);

    public Task<T> WriteAsync<T>(Func<DbSession, Task<T>> command, Action<T>? committed, CancellationToken cancellation) =>
        WriteAsync(LockScope.Database, command, committed, cancellation);

    public async Task<T> WriteAsync<T>(
        LockScope scope, Func<DbSession, Task<T>> command, Action<T>? committed, CancellationToken cancellation)
    {
        using var ticket = scope is { Kind: LockScopeKind.Conversation, Id: { } chat } ? _chats.Take([chat]) : null;
        if (ticket is not null)
            await TurnAsync(ticket, cancellation);
        return await RunAsync(_writers, connection => WriteAsync(connection, _limits, scope, command, committed, cancellation), cancellation);
    }

    public void Dispose()
    {
        using (var connection = new SqlConnection(_connectionString))
            SqlConnection.ClearPool(connection);
        _writers.Dispose();
        _readers.Dispose();
    }

    /// <summary>With a connection whose time-outs are those of migrations.</summary>
    private async Task PrepareAsync(SqlConnection connection, bool readsAreVersioned)
    {
        _readsWaitForLocks = !readsAreVersioned;
        var applied = await WriteAsync(connection, TimeLimits.Migration, LockScope.Database, MigrateAsync, null, CancellationToken.None);
        if (applied.Count > 0)
            StorageLog.Migrated(_log, connection.Database, string.Join(", ", applied));
        Epoch = await WriteAsync(
            connection, TimeLimits.Migration, LockScope.Database, EpochStore.EnsureAsync, null, CancellationToken.None);
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

    /// <summary>Runs the attempt until it succeeds, fails in a way that stays, or has taken too long in all.</summary>
    private async Task<T> RunAsync<T>(SemaphoreSlim places, Func<SqlConnection, Task<T>> attempt, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        if (!await places.WaitAsync(RetryLimit, cancellation))
            throw Unavailable($"No place for one more transaction in {RetryLimit.TotalSeconds} s: the database is too slow, or away.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(RetryLimit);
        try
        {
            for (var attempts = 1; ; attempts++)
            {
                try
                {
                    await using var connection = new SqlConnection(_connectionString);
                    return await WithConnectionAsync(connection, attempt, limit.Token, cancellation);
                }
                catch (Exception e) when (SqlServerFaults.Kind(e) is var kind and not FaultKind.Permanent)
                {
                    if (RetrySchedule.Next(kind, attempts, Stopwatch.GetElapsedTime(began), Random.Shared.NextDouble(), RetryLimit) is not { } delay)
                        throw kind == FaultKind.Unseen ? e : Unavailable($"The database cannot be used: {e.Message}", e);
                    await Task.Delay(delay, cancellation);
                }
            }
        }
        finally
        {
            places.Release();
        }
    }

    private async Task TurnAsync(TicketQueue<string>.Ticket ticket, CancellationToken cancellation)
    {
        try
        {
            await ticket.Turn.WaitAsync(RetryLimit, cancellation);
        }
        catch (TimeoutException e)
        {
            throw Unavailable($"No turn for a command on its chat in {RetryLimit.TotalSeconds} s: the database is too slow, or away.", e);
        }
    }

    private StorageUnavailableException Unavailable(string reason, Exception? inner = null)
    {
        var outage = new StorageUnavailableException(reason, inner);
        _outages.Add(outage);
        return outage;
    }

    private static async Task<T> WithConnectionAsync<T>(
        SqlConnection connection, Func<SqlConnection, Task<T>> attempt, CancellationToken limit, CancellationToken cancellation)
    {
        try
        {
            await NoConnectionException.OpenAsync(connection, limit, cancellation);
            return await attempt(connection);
        }
        catch (SqlException e) when (SqlServerFaults.ConcernsPool(e))
        {
            SqlConnection.ClearPool(connection);
            throw;
        }
    }

    private async Task<T> ReadAsync<T>(SqlConnection connection, Func<DbSession, Task<T>> query)
    {
        if (_readsWaitForLocks)
            await SqlServerTransaction.ExecuteAsync(connection, $"SET LOCK_TIMEOUT {_limits.LockMilliseconds}");
        return await query(new DbSession(connection, new SqlServerPreparedConnection(connection)));
    }

    private async Task<T> WriteAsync<T>(
        SqlConnection connection, TimeLimits limits, LockScope scope, Func<DbSession, Task<T>> command, Action<T>? committed,
        CancellationToken cancellation)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var (result, held) = await SqlServerTransaction.RunAsync(connection, limits, async () =>
        {
            var users = await SqlServerLocks.TakeAsync(connection, scope, limits);
            cancellation.ThrowIfCancellationRequested();
            var prepared = new SqlServerPreparedConnection(connection);
            var answer = await command(new DbSession(connection, prepared, users));
            await prepared.FlushAsync();
            return (answer, users);
        });

        using var ticket = _commits.Take(held.Select(user => user.Key));
        await SqlServerTransaction.CommitAsync(connection);
        StorageMetrics.Committed(startedAt, commands: 1);
        await ticket.Turn;
        Complete(committed, result);
        return result;
    }

    private void Complete<T>(Action<T>? committed, T result)
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
