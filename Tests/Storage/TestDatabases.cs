using ChatHub.Server.Storage;
using ChatHub.Server.Storage.Sqlite;
using ChatHub.Server.Storage.SqlServer;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatHub.Tests.Storage;

/// <summary>Where a storage suite's databases come from: one provider each.</summary>
public interface ITestDatabases : IAsyncDisposable
{
    /// <summary>One more instance on this test's one database, initialised: what a second process would hold.</summary>
    Task<IDatabase> OpenAsync();

    string ConnectionString { get; }

    /// <summary>The same, not initialised.</summary>
    IDatabase Create();
}

/// <summary>SQLite on a real file.</summary>
public sealed class SqliteDatabases : ITestDatabases
{
    private readonly TempFolder _folder = new();
    private readonly List<SqliteDatabase> _opened = [];

    public string ConnectionString => $"Data Source={_folder.File("storage.db")}";

    public async Task<IDatabase> OpenAsync()
    {
        var database = Create();
        await database.InitializeAsync(TestTimeouts.Token);
        return database;
    }

    public IDatabase Create()
    {
        var database = new SqliteDatabase(ConnectionString, TimeProvider.System, NullLogger<SqliteDatabase>.Instance);
        _opened.Add(database);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _opened)
            await database.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>SQL Server, where there is one.</summary>
public sealed class SqlServerDatabases : ITestDatabases
{
    // Hundreds of commands pass one lock here. How long a slow machine takes for them is another test's subject.
    private static readonly TimeSpan RetryLimit = TimeSpan.FromMinutes(5);

    private readonly Lazy<SqlServerTestDatabase> _database = new(() => new SqlServerTestDatabase());
    private readonly List<SqlServerDatabase> _opened = [];

    public string ConnectionString => _database.Value.ConnectionString;

    public async Task<IDatabase> OpenAsync()
    {
        var database = Create();
        await database.InitializeAsync(TestTimeouts.Token);
        return database;
    }

    public IDatabase Create()
    {
        var database = new SqlServerDatabase(ConnectionString, TimeProvider.System, NullLogger<SqlServerDatabase>.Instance) { RetryLimit = RetryLimit };
        lock (_opened)
            _opened.Add(database);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _opened)
            database.Dispose();
        if (_database.IsValueCreated)
            await _database.Value.DropAsync();
    }
}
