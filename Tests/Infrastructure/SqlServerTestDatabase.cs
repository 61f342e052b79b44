using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.SqlClient;
using Xunit;

namespace ChatHub.Tests.Infrastructure;

/// <summary>A database of a test's own on the SQL Server that the tests were given; without one the test is skipped.</summary>
public sealed class SqlServerTestDatabase : TestDatabase
{
    /// <summary>Holds the connection string of a server on which databases may be created.</summary>
    public const string Variable = "CHATHUB_TEST_SQLSERVER";

    private readonly string _name = $"chathub_test_{Guid.NewGuid():N}";
    private readonly SqlConnectionStringBuilder _settings;

    public SqlServerTestDatabase()
    {
        _settings = new(Given()) { InitialCatalog = _name };
    }

    /// <summary>The connection string that the tests were given; without one the test is skipped.</summary>
    public static string Given()
    {
        var given = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(given))
            Assert.Skip($"There is no SQL Server: {Variable} holds no connection string.");
        return given;
    }

    public string Name => _name;

    /// <summary>Past the faults: for looks from outside, and for tests that bring a proxy of their own.</summary>
    public string ConnectionString => _settings.ConnectionString;

    public override RandomFaults? Faults { get; } = RandomFaults.FromEnvironment();

    /// <summary>Where the server listens.</summary>
    public static (string Host, int Port) Server
    {
        get
        {
            var source = new SqlConnectionStringBuilder(Environment.GetEnvironmentVariable(Variable)).DataSource;
            return source.Split(',') is [var host, var port] ? (host, int.Parse(port, CultureInfo.InvariantCulture)) : (source, 1433);
        }
    }

    /// <summary>The same database through a proxy on this machine.</summary>
    public string ConnectionStringBy(int port, Action<SqlConnectionStringBuilder>? adjust = null)
    {
        var settings = new SqlConnectionStringBuilder(ConnectionString) { DataSource = $"127.0.0.1,{port}" };
        adjust?.Invoke(settings);
        return settings.ConnectionString;
    }

    public override (string Key, string Value)[] Settings =>
        [("Storage:Provider", "SqlServer"), ("Storage:ConnectionString", Faults is null ? ConnectionString : ConnectionStringBy(Faults.Port))];

    protected override string TableNames => "SELECT name FROM sys.tables ORDER BY name";

    public override async ValueTask DropAsync()
    {
        if (Faults is not null)
            await Faults.DisposeAsync();
        try
        {
            await using var master = Open("master");
            await master.ExecuteAsync($"DROP DATABASE IF EXISTS {_name}");
        }
        catch (SqlException)
        {
            // Still in use by something that is about to end; it is the tests' own server.
        }
    }

    protected override DbConnection Open(bool readOnly) => Open(_name);

    private SqlConnection Open(string database)
    {
        var connection = new SqlConnection(
            new SqlConnectionStringBuilder(ConnectionString) { InitialCatalog = database, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }
}
