using Microsoft.Data.SqlClient;

namespace ChatHub.Benchmarks;

/// <summary>A database of one run on the SQL Server that the tests use too. A server creates it when it starts on it.</summary>
public sealed class SqlServerDatabase : IAsyncDisposable
{
    /// <summary>Holds the connection string of a server on which databases may be created.</summary>
    public const string Variable = "CHATHUB_TEST_SQLSERVER";

    private readonly SqlConnectionStringBuilder _settings;

    public SqlServerDatabase()
    {
        if (!IsGiven)
            throw new BenchmarkException($"there is no SQL Server: {Variable} holds no connection string");
        _settings = new(Environment.GetEnvironmentVariable(Variable)) { InitialCatalog = $"chathub_benchmark_{Guid.NewGuid():N}" };
    }

    public static bool IsGiven => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));

    public string ConnectionString => _settings.ConnectionString;

    /// <summary>Drops it, once no server uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        var master = new SqlConnectionStringBuilder(ConnectionString) { InitialCatalog = "master", Pooling = false };
        await using var connection = new SqlConnection(master.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"DROP DATABASE IF EXISTS {_settings.InitialCatalog}";
        await command.ExecuteNonQueryAsync();
    }
}
