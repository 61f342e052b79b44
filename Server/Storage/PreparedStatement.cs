namespace ChatHub.Server.Storage;

/// <summary>
/// One of the few statements that every message runs. Bound and read by position instead of by Dapper, whose mapping
/// costs about as much as SQLite's own work (docs/benchmarks.md). The SQL is the same for both databases.
/// </summary>
/// <param name="sql">With named parameters.</param>
/// <param name="parameters">The names (without @), in the order of the values.</param>
public class PreparedStatement(string sql, params string[] parameters)
{
    public string Sql => sql;
    public IReadOnlyList<string> Parameters => parameters;
}

/// <summary>A prepared statement that returns rows.</summary>
/// <param name="sql">With named parameters.</param>
/// <param name="read">A row to an object, by column number.</param>
/// <param name="parameters">The names (without @), in the order of the values.</param>
public sealed class PreparedStatement<T>(string sql, Func<IColumnReader, T> read, params string[] parameters) : PreparedStatement(sql, parameters)
{
    public Func<IColumnReader, T> Read => read;
}
