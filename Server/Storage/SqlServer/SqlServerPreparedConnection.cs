using System.Collections.Concurrent;
using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;

namespace ChatHub.Server.Storage.SqlServer;

/// <summary>
/// Prepared statements as plain commands: the server keeps their plans, by their text and the types of their parameters. Those
/// that return no rows wait for the next statement that does, and travel with it in one batch: each round trip is time
/// for which two users' rows stay locked. XACT_ABORT ends a batch, and its transaction, at the first error in it.
/// </summary>
internal sealed partial class SqlServerPreparedConnection(SqlConnection connection) : IPreparedConnection
{
    // The same for every value, or each length would have a plan of its own.
    private const int TextSize = 4_000;
    private const int AnySize = -1;

    // Far from the 2,100 parameters that a batch may have.
    private const int MaxDeferred = 50;

    private static readonly ConcurrentDictionary<(PreparedStatement Statement, int Place), string> Texts = [];

    private readonly List<(PreparedStatement Statement, SqlParameterValue[] Values)> _deferred = [];

    public ValueTask ExecuteAsync(PreparedStatement statement, ReadOnlySpan<SqlParameterValue> values)
    {
        _deferred.Add((statement, values.ToArray()));
        return _deferred.Count < MaxDeferred ? default : FlushAsync();
    }

    public ValueTask<List<T>> ListAsync<T>(PreparedStatement<T> statement, ReadOnlySpan<SqlParameterValue> values)
    {
        _deferred.Add((statement, values.ToArray()));
        return ListAsync(TakeBatch(), statement.Read);
    }

    public ValueTask<T?> FirstAsync<T>(PreparedStatement<T> statement, ReadOnlySpan<SqlParameterValue> values)
        where T : class
    {
        return First(ListAsync(statement, values));

        // Read to its end: an UPDATE that returns rows must not be cut short.
        static async ValueTask<T?> First(ValueTask<List<T>> rows) => (await rows).FirstOrDefault();
    }

    public ValueTask FlushAsync()
    {
        return _deferred.Count == 0 ? default : Run(TakeBatch());

        static async ValueTask Run(SqlCommand command)
        {
            await using (command)
                await command.ExecuteNonQueryAsync();
        }
    }

    public object? Parameters(object? args) => args is null ? null : new SqlServerParameters(args);

    private static async ValueTask<List<T>> ListAsync<T>(SqlCommand command, Func<IColumnReader, T> read)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync();
            var row = new Row(reader);
            var rows = new List<T>(2);
            while (await reader.ReadAsync())
                rows.Add(read(row));
            return rows;
        }
    }

    private SqlCommand TakeBatch()
    {
        var command = connection.CreateCommand();
        command.CommandText = string.Join(";\n", _deferred.Select((one, place) => Text(one.Statement, place)));
        for (var place = 0; place < _deferred.Count; place++)
        {
            var (statement, values) = _deferred[place];
            for (var i = 0; i < values.Length; i++)
                command.Parameters.Add(Parameter(statement.Parameters[i], place, values[i]));
        }

        _deferred.Clear();
        return command;
    }

    /// <summary>Every statement of a batch has parameters of its own: user, user_1, user_2 …</summary>
    private static string Text(PreparedStatement statement, int place) => place == 0
        ? statement.Sql
        : Texts.GetOrAdd((statement, place), static key => Name().Replace(
            key.Statement.Sql,
            match => key.Statement.Parameters.Contains(match.Groups[1].Value) ? $"{match.Value}_{key.Place}" : match.Value));

    private static SqlParameter Parameter(string name, int place, SqlParameterValue value)
    {
        var unique = place == 0 ? name : $"{name}_{place}";
        if (value.IsNumber)
            return new(unique, SqlDbType.BigInt) { Value = value.Number };
        var parameter = new SqlParameter(unique, SqlDbType.NVarChar, value.Text?.Length > TextSize ? AnySize : TextSize)
        {
            Value = (object?)value.Text ?? DBNull.Value,
        };
        SqlServerParameters.Narrow(parameter, name);
        return parameter;
    }

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Name();

    private sealed class Row(SqlDataReader reader) : IColumnReader
    {
        public bool IsNull(int column) => reader.IsDBNull(column);
        public long Number(int column) => Convert.ToInt64(reader.GetValue(column), CultureInfo.InvariantCulture);
        public string Text(int column) => reader.GetString(column);
    }
}
