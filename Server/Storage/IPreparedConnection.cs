namespace ChatHub.Server.Storage;

/// <summary>Executes prepared statements; one implementation for each provider.</summary>
public interface IPreparedConnection
{
    /// <summary>Runs it, or keeps it until <see cref="FlushAsync"/>.</summary>
    ValueTask ExecuteAsync(PreparedStatement statement, ReadOnlySpan<SqlParameterValue> values);

    /// <summary>Runs it to its end; returns all rows.</summary>
    ValueTask<List<T>> ListAsync<T>(PreparedStatement<T> statement, ReadOnlySpan<SqlParameterValue> values);

    /// <summary>The first row, or null.</summary>
    ValueTask<T?> FirstAsync<T>(PreparedStatement<T> statement, ReadOnlySpan<SqlParameterValue> values)
        where T : class;

    /// <summary>Runs what was kept.</summary>
    ValueTask FlushAsync() => default;

    /// <summary>Dapper's parameters as this provider wants them.</summary>
    object? Parameters(object? args) => args;
}
