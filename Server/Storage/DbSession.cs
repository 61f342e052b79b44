using System.Data.Common;
using Dapper;

namespace ChatHub.Server.Storage;

/// <summary>A connection inside a transaction (or snapshot): Dapper's calls without their plumbing. Parameters only, never text.</summary>
public sealed class DbSession(DbConnection connection, DbTransaction? transaction = null)
{
    static DbSession() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    public Task<int> ExecuteAsync(string sql, object? args = null) =>
        connection.ExecuteAsync(sql, args, transaction);

    /// <summary>The first row, or null.</summary>
    public Task<T?> FirstAsync<T>(string sql, object? args = null) =>
        connection.QueryFirstOrDefaultAsync<T?>(sql, args, transaction);

    /// <summary>The first value of the first row, or the type's default.</summary>
    public Task<T?> ScalarAsync<T>(string sql, object? args = null) =>
        connection.ExecuteScalarAsync<T>(sql, args, transaction);

    public async Task<List<T>> ListAsync<T>(string sql, object? args = null) =>
        (await connection.QueryAsync<T>(sql, args, transaction)).AsList();

    /// <summary>The first row of a hot statement, or null.</summary>
    public ValueTask<T?> FirstAsync<T>(HotStatement<T> statement, params ReadOnlySpan<HotValue> values)
        where T : class => Hot.FirstAsync(statement, values);

    /// <summary>All rows of a hot statement, which is run to its end.</summary>
    public ValueTask<List<T>> ListAsync<T>(HotStatement<T> statement, params ReadOnlySpan<HotValue> values) =>
        Hot.ListAsync(statement, values);

    /// <summary>Runs a hot statement that answers no rows.</summary>
    public ValueTask ExecuteAsync(HotStatement statement, params ReadOnlySpan<HotValue> values) => Hot.ExecuteAsync(statement, values);

    private IHotConnection Hot => (IHotConnection)connection;
}
