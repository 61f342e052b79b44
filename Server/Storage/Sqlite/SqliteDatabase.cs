using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>The embedded database: WAL with synchronous=FULL, one writer that commits in groups, pooled readers.</summary>
public sealed class SqliteDatabase : IDatabase, IAsyncDisposable
{
    // Each connection is used by one thread at a time: SQLite's own locks around every call would only cost.
    static SqliteDatabase()
    {
        Batteries_V2.Init();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    private readonly string _creating;
    private readonly string _existing;
    private readonly TimeProvider _time;
    private readonly ILogger<SqliteDatabase> _log;
    private readonly OutageLog _outages;
    private readonly SqliteReaders _readers;
    private SqliteWriter? _writer;

    public SqliteDatabase(string connectionString, TimeProvider time, ILogger<SqliteDatabase> log)
    {
        var builder = SqliteSettings.Read(connectionString);
        FilePath = Path.GetFullPath(builder.DataSource);
        _creating = builder.ConnectionString;
        // After the start no connection may make a new file where the old one is away.
        builder.Mode = SqliteOpenMode.ReadWrite;
        _existing = builder.ConnectionString;
        _time = time;
        _log = log;
        _outages = new OutageLog(time, log);
        _readers = new SqliteReaders(() => Open(_existing, $"PRAGMA query_only = ON; PRAGMA cache_size = -{SqliteReaders.CacheKiB}"), _outages);
    }

    public Dialect Dialect { get; } = new SqliteDialect();

    public string Epoch { get; private set; } = "";

    /// <summary>The database file, absolute.</summary>
    public string FilePath { get; }

    public async Task InitializeAsync(CancellationToken cancellation)
    {
        try
        {
            // A bigger cache and rarer checkpoints than the defaults: the hot pages are written back less often.
            _writer = new SqliteWriter(
                Open(_creating, "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000"), _outages, _time, _log);
        }
        catch (SqliteException e)
        {
            throw new StorageException($"The database {FilePath} cannot be opened: {e.Message}", e);
        }

        var applied = await WriteAsync(MigrateAsync, null, cancellation);
        if (applied.Count > 0)
            StorageLog.Migrated(_log, FilePath, string.Join(", ", applied));
        Epoch = await WriteAsync(session => EpochStore.EnsureAsync(session), null, cancellation);
    }

    public Task<T> ReadAsync<T>(Func<DbSession, Task<T>> query, CancellationToken cancellation) =>
        _readers.ReadAsync(query, cancellation);

    public Task<T> WriteAsync<T>(
        LockScope scope, Func<DbSession, Task<T>> command, Action<T>? committed, CancellationToken cancellation) =>
        WriteAsync(command, committed, cancellation);

    public Task<T> WriteAsync<T>(Func<DbSession, Task<T>> command, Action<T>? committed, CancellationToken cancellation) =>
        (_writer ?? throw new InvalidOperationException("The database is not initialised."))
        .WriteAsync(command, committed, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _readers.DisposeAsync();
        if (_writer is not null)
            await _writer.DisposeAsync();
    }

    private async Task<IReadOnlyList<string>> MigrateAsync(DbSession session)
    {
        await session.ExecuteAsync(
            "CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL)");
        return await Migrator.ApplyAsync(session, Migration.Of(Dialect), _time.GetUtcNow());
    }

    private static PreparedConnection Open(string connectionString, string pragmas)
    {
        var connection = new PreparedConnection(connectionString);
        try
        {
            connection.Open();
            // Readers wait for nothing in WAL but a checkpoint's or a recovery's short locks.
            raw.sqlite3_busy_timeout(connection.Handle, (int)TimeSpan.FromSeconds(5).TotalMilliseconds);
            foreach (var pragma in (string[])["PRAGMA journal_mode = WAL", pragmas])
            {
                using var command = connection.CreateCommand();
                command.CommandText = pragma;
                command.ExecuteNonQuery();
            }

            return connection;
        }
        catch
        {
            // One that stays open keeps its lock on the file: the writer could not write the log into it when it closes.
            connection.Dispose();
            throw;
        }
    }
}
