namespace ChatHub.Server.Storage;

/// <summary>
/// One of the few statements that every message runs. Bound and read by position instead of by Dapper, which costs about
/// as much as SQLite's own work (docs/benchmarks.md). The SQL is the same for both databases, and so is its caller.
/// </summary>
/// <param name="sql">With named parameters.</param>
/// <param name="parameters">The names (without @), in the order of the values.</param>
public class HotStatement(string sql, params string[] parameters)
{
    public string Sql => sql;
    public IReadOnlyList<string> Parameters => parameters;
}

/// <summary>One that answers rows.</summary>
/// <param name="sql">With named parameters.</param>
/// <param name="read">A row to an object, by column number.</param>
/// <param name="parameters">The names (without @), in the order of the values.</param>
public sealed class HotStatement<T>(string sql, Func<IHotRow, T> read, params string[] parameters) : HotStatement(sql, parameters)
{
    public Func<IHotRow, T> Read => read;
}

/// <summary>The row that a statement stands on.</summary>
public interface IHotRow
{
    bool IsNull(int column);
    long Number(int column);
    string Text(int column);
}

/// <summary>What a connection does with hot statements; each provider in its own way.</summary>
public interface IHotConnection
{
    ValueTask ExecuteAsync(HotStatement statement, ReadOnlySpan<HotValue> values);

    /// <summary>Runs it to its end; answers all rows.</summary>
    ValueTask<List<T>> ListAsync<T>(HotStatement<T> statement, ReadOnlySpan<HotValue> values);

    /// <summary>The first row, or null.</summary>
    ValueTask<T?> FirstAsync<T>(HotStatement<T> statement, ReadOnlySpan<HotValue> values)
        where T : class;
}

/// <summary>A parameter's value: a number, a text or null.</summary>
public readonly record struct HotValue(long Number, string? Text, bool IsNumber)
{
    public static implicit operator HotValue(long number) => new(number, null, IsNumber: true);

    public static implicit operator HotValue(string? text) => new(0, text, IsNumber: false);
}
