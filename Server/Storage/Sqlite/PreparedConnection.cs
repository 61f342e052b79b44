using Microsoft.Data.Sqlite;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>
/// A connection that keeps its prepared statements. Dapper makes a new command for each call, which would parse and plan
/// the same SQL each time; here such a command borrows the prepared one with the same text. For one thread at a time.
/// </summary>
internal sealed class PreparedConnection(string connectionString) : SqliteConnection(connectionString), IPreparedConnection
{
    // All SQL of the program is constant text, a few hundred at most; the bound guards against a mistake.
    private const int MaxStatements = 1_000;
    private readonly Dictionary<string, SqliteCommand> _idle = new(StringComparer.Ordinal);

    private PreparedStatements? _statements;

    private PreparedStatements Statements => _statements ??= new(Handle ?? throw new InvalidOperationException("The connection is not open."));

    public ValueTask ExecuteAsync(PreparedStatement statement, ReadOnlySpan<SqlParameterValue> values)
    {
        Statements.Execute(statement, values);
        return ValueTask.CompletedTask;
    }

    public ValueTask<List<T>> ListAsync<T>(PreparedStatement<T> statement, ReadOnlySpan<SqlParameterValue> values) => new(Statements.List(statement, values));

    public ValueTask<T?> FirstAsync<T>(PreparedStatement<T> statement, ReadOnlySpan<SqlParameterValue> values)
        where T : class => new(Statements.First(statement, values));

    protected override PreparedCommand CreateDbCommand() => new(this);

    internal SqliteCommand Borrow(string sql)
    {
        if (!_idle.Remove(sql, out var command))
        {
            command = CreateCommand();
            command.CommandText = sql;
        }

        return command;
    }

    internal void Return(SqliteCommand command)
    {
        command.Parameters.Clear();
        if (_idle.Count >= MaxStatements || !_idle.TryAdd(command.CommandText, command))
            command.Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var command in _idle.Values)
                command.Dispose();
            _idle.Clear();
            _statements?.Dispose();
        }

        base.Dispose(disposing);
    }
}
