using System.Globalization;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ChatHub.Tests.Infrastructure;

/// <summary>A server's SQLite file, looked into from another process as any operator's tool would.</summary>
public sealed class DatabaseFile(string path)
{
    public string FilePath => path;

    // Moves with connections, not with calls.
    private const string Presence = "last_seen_at";

    /// <summary>Every row of every table as text: two equal texts mean that nothing was written between.</summary>
    public async Task<string> ContentAsync()
    {
        await using var connection = Open(SqliteOpenMode.ReadOnly);
        var content = new StringBuilder();
        foreach (var table in await connection.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
        {
            foreach (IDictionary<string, object?> row in await connection.QueryAsync($"SELECT * FROM {table} ORDER BY 1, 2"))
            {
                var values = row.Where(column => column.Key != Presence).Select(column => Convert.ToString(column.Value, CultureInfo.InvariantCulture));
                content.Append(table).Append(": ").AppendJoin('|', values).Append('\n');
            }
        }

        return content.ToString();
    }

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? args = null)
    {
        await using var connection = Open(SqliteOpenMode.ReadOnly);
        return [.. await connection.QueryAsync<T>(sql, args)];
    }

    /// <summary>Makes a state that no call can make yet.</summary>
    public async Task ExecuteAsync(string sql, object? args = null)
    {
        await using var connection = Open(SqliteOpenMode.ReadWrite);
        await connection.ExecuteAsync(sql, args);
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 10 }.ConnectionString);
        connection.Open();
        return connection;
    }
}
