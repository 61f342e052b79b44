using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ChatHub.Tests.Infrastructure;

/// <summary>A file; it goes with its folder.</summary>
public sealed class SqliteTestDatabase(string path) : TestDatabase
{
    public string FilePath => path;

    public override (string Key, string Value)[] Settings => [("Storage:ConnectionString", $"Data Source={path}")];

    protected override string TableNames => "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";

    public override ValueTask DropAsync() => default;

    protected override DbConnection Open(bool readOnly)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 10,
        }.ConnectionString);
        connection.Open();
        return connection;
    }
}
