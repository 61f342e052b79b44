using System.Data.Common;
using Dapper;

namespace ChatHub.Server.Storage;

/// <summary>A connection, mostly inside a transaction: Dapper's calls without their plumbing. Parameters only, never text.</summary>
/// <param name="connection">For Dapper.</param>
/// <param name="prepared">Runs prepared statements; null where the connection runs them itself.</param>
/// <param name="held">The users whose rows the transaction holds; null where it holds all there are.</param>
public sealed class DbSession(DbConnection connection, IPreparedConnection? prepared = null, IReadOnlyList<HeldUser>? held = null)
{
    static DbSession()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        // Lists of 41 to 50 members have one text, and so one plan, and not ten.
        SqlMapper.Settings.PadListExpansions = true;
    }

    /// <summary>Where there is one writer: the number of its transaction, so that each is known apart from the one before.</summary>
    public long Transaction { get; private set; }

    /// <summary>A transaction has begun.</summary>
    internal void Began() => Transaction++;

    public Task<int> ExecuteAsync(string sql, object? args = null) => prepared is null
        ? connection.ExecuteAsync(sql, args)
        : FlushedAsync(() => connection.ExecuteAsync(sql, prepared.Parameters(args)));

    /// <summary>The first row, or null.</summary>
    public Task<T?> FirstAsync<T>(string sql, object? args = null) => prepared is null
        ? connection.QueryFirstOrDefaultAsync<T?>(sql, args)
        : FlushedAsync(() => connection.QueryFirstOrDefaultAsync<T?>(sql, prepared.Parameters(args)));

    /// <summary>The first value of the first row, or the type's default.</summary>
    public Task<T?> ScalarAsync<T>(string sql, object? args = null) => prepared is null
        ? connection.ExecuteScalarAsync<T>(sql, args)
        : FlushedAsync(() => connection.ExecuteScalarAsync<T>(sql, prepared.Parameters(args)));

    public async Task<List<T>> ListAsync<T>(string sql, object? args = null) => prepared is null
        ? (await connection.QueryAsync<T>(sql, args)).AsList()
        : (await FlushedAsync(() => connection.QueryAsync<T>(sql, prepared.Parameters(args)))).AsList();

    /// <summary>The first row of a prepared statement, or null.</summary>
    public ValueTask<T?> FirstAsync<T>(PreparedStatement<T> statement, params ReadOnlySpan<SqlParameterValue> values)
        where T : class => Prepared.FirstAsync(statement, values);

    /// <summary>All rows of a prepared statement, which is run to its end.</summary>
    public ValueTask<List<T>> ListAsync<T>(PreparedStatement<T> statement, params ReadOnlySpan<SqlParameterValue> values) =>
        Prepared.ListAsync(statement, values);

    /// <summary>Runs a prepared statement that returns no rows: at the latest before the next statement's, or the commit.</summary>
    public ValueTask ExecuteAsync(PreparedStatement statement, params ReadOnlySpan<SqlParameterValue> values) =>
        Prepared.ExecuteAsync(statement, values);

    /// <summary>The user as the transaction holds them; null where it does not, or holds all there are.</summary>
    public HeldUser? Held(long user) => held?.FirstOrDefault(one => one.Key == user);

    /// <summary>Throws <see cref="StaleScopeException"/> unless the transaction holds the user's row: what the rules read of them may be stale.</summary>
    public void RequireHeld(long user)
    {
        if (held is not null && Held(user) is null)
            throw new StaleScopeException(user);
    }

    private IPreparedConnection Prepared => prepared ?? (IPreparedConnection)connection;

    private async Task<T> FlushedAsync<T>(Func<Task<T>> run)
    {
        await prepared!.FlushAsync();
        return await run();
    }
}
