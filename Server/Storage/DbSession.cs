using System.Data.Common;
using Dapper;

namespace ChatHub.Server.Storage;

/// <summary>A connection inside a transaction (or snapshot): Dapper's calls without their plumbing. Parameters only, never text.</summary>
/// <param name="connection">For Dapper.</param>
/// <param name="prepared">Runs prepared statements; null where the connection runs them itself.</param>
/// <param name="held">The users whose rows the transaction holds; null where it holds all there are.</param>
public sealed class DbSession(DbConnection connection, IPreparedConnection? prepared = null, IReadOnlyList<long>? held = null)
{
    static DbSession() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    public Task<int> ExecuteAsync(string sql, object? args = null) =>
        connection.ExecuteAsync(sql, args);

    /// <summary>The first row, or null.</summary>
    public Task<T?> FirstAsync<T>(string sql, object? args = null) =>
        connection.QueryFirstOrDefaultAsync<T?>(sql, args);

    /// <summary>The first value of the first row, or the type's default.</summary>
    public Task<T?> ScalarAsync<T>(string sql, object? args = null) =>
        connection.ExecuteScalarAsync<T>(sql, args);

    public async Task<List<T>> ListAsync<T>(string sql, object? args = null) =>
        (await connection.QueryAsync<T>(sql, args)).AsList();

    /// <summary>The first row of a prepared statement, or null.</summary>
    public ValueTask<T?> FirstAsync<T>(PreparedStatement<T> statement, params ReadOnlySpan<SqlParameterValue> values)
        where T : class => Prepared.FirstAsync(statement, values);

    /// <summary>All rows of a prepared statement, which is run to its end.</summary>
    public ValueTask<List<T>> ListAsync<T>(PreparedStatement<T> statement, params ReadOnlySpan<SqlParameterValue> values) =>
        Prepared.ListAsync(statement, values);

    /// <summary>Runs a prepared statement that returns no rows.</summary>
    public ValueTask ExecuteAsync(PreparedStatement statement, params ReadOnlySpan<SqlParameterValue> values) => Prepared.ExecuteAsync(statement, values);

    /// <summary>Throws <see cref="StaleScopeException"/> unless the transaction holds the user's row: what the rules read of them may be stale.</summary>
    public void RequireHeld(long user)
    {
        if (held is not null && !held.Contains(user))
            throw new StaleScopeException(user);
    }

    private IPreparedConnection Prepared => prepared ?? (IPreparedConnection)connection;
}
