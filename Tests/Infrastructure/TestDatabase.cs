using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;

namespace ChatHub.Tests.Infrastructure;

/// <summary>A server's own database, looked into from another process as any operator's tool would.</summary>
public abstract class TestDatabase
{
    /// <summary>Set to SqlServer, every test's server gets a database there instead of a file.</summary>
    public const string ProviderVariable = "CHATHUB_TEST_PROVIDER";

    // Moves with connections, not with calls.
    private const string Presence = "last_seen_at";

    public static bool IsSqlServer => Environment.GetEnvironmentVariable(ProviderVariable) == "SqlServer";

    /// <summary>The settings with which a server uses it.</summary>
    public abstract (string Key, string Value)[] Settings { get; }

    /// <summary>What breaks between server and database at random; null where nothing does.</summary>
    public virtual RandomFaults? Faults => null;

    protected abstract string TableNames { get; }

    /// <summary>A new one, not created yet.</summary>
    public static TestDatabase New(TempFolder folder) =>
        IsSqlServer ? new SqlServerTestDatabase() : new SqliteTestDatabase(folder.File("chathub.db"));

    /// <summary>Every row of every table as text: two equal texts mean that nothing was written between.</summary>
    public async Task<string> ContentAsync()
    {
        await using var connection = Open(readOnly: true);
        var content = new StringBuilder();
        foreach (var table in (await connection.QueryAsync<string>(TableNames)).ToList())
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
        await using var connection = Open(readOnly: true);
        return [.. await connection.QueryAsync<T>(sql, args)];
    }

    /// <summary>Makes a state that no call can make yet.</summary>
    public async Task ExecuteAsync(string sql, object? args = null)
    {
        await using var connection = Open(readOnly: false);
        await connection.ExecuteAsync(sql, args);
    }

    /// <summary>Drops the database; call after its server has stopped.</summary>
    public abstract ValueTask DropAsync();

    protected abstract DbConnection Open(bool readOnly);
}
