using SQLitePCL;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>The prepared statements of one connection, by <see cref="PreparedStatement"/>.</summary>
internal sealed class PreparedStatements(sqlite3 database) : IDisposable
{
    private readonly Dictionary<PreparedStatement, SqliteStatement> _prepared = [];

    public void Execute(PreparedStatement statement, ReadOnlySpan<SqlParameterValue> values)
    {
        var prepared = Bind(statement, values);
        try
        {
            prepared.Step();
        }
        finally
        {
            prepared.Reset();
        }
    }

    public List<T> List<T>(PreparedStatement<T> statement, ReadOnlySpan<SqlParameterValue> values)
    {
        var rows = new List<T>(2);
        var prepared = Bind(statement, values);
        try
        {
            while (prepared.Step())
                rows.Add(statement.Read(prepared));
        }
        finally
        {
            prepared.Reset();
        }

        return rows;
    }

    public T? First<T>(PreparedStatement<T> statement, ReadOnlySpan<SqlParameterValue> values)
        where T : class
    {
        var prepared = Bind(statement, values);
        try
        {
            return prepared.Step() ? statement.Read(prepared) : null;
        }
        finally
        {
            prepared.Reset();
        }
    }

    public void Dispose()
    {
        foreach (var prepared in _prepared.Values)
            prepared.Dispose();
        _prepared.Clear();
    }

    private SqliteStatement Bind(PreparedStatement statement, ReadOnlySpan<SqlParameterValue> values)
    {
        if (!_prepared.TryGetValue(statement, out var prepared))
            _prepared.Add(statement, prepared = new(database, statement.Sql, statement.Parameters));
        prepared.Bind(values);
        return prepared;
    }
}
