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
}
