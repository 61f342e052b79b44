namespace ChatHub.Server.Storage;

/// <summary>What a connection does with hot statements; each provider in its own way.</summary>
public interface IPreparedConnection
{
    ValueTask ExecuteAsync(PreparedStatement statement, ReadOnlySpan<SqlParameterValue> values);

    /// <summary>Runs it to its end; answers all rows.</summary>
    ValueTask<List<T>> ListAsync<T>(PreparedStatement<T> statement, ReadOnlySpan<SqlParameterValue> values);

    /// <summary>The first row, or null.</summary>
    ValueTask<T?> FirstAsync<T>(PreparedStatement<T> statement, ReadOnlySpan<SqlParameterValue> values)
        where T : class;
}
