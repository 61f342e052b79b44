using System.Data;
using System.Globalization;
using Microsoft.Data.SqlClient;

namespace ChatHub.Server.Storage.SqlServer;

/// <summary>Hot statements as plain commands: the server keeps their plans, by their text and the types of their parameters.</summary>
internal sealed class SqlServerPreparedConnection(SqlConnection connection) : IPreparedConnection
{
    // The same for every value, or each length would have a plan of its own.
    private const int TextSize = 4_000;
    private const int AnySize = -1;

    public ValueTask ExecuteAsync(PreparedStatement statement, ReadOnlySpan<SqlParameterValue> values)
    {
        return Run(Command(statement, values));

        static async ValueTask Run(SqlCommand command)
        {
            await using (command)
                await command.ExecuteNonQueryAsync();
        }
    }

    public ValueTask<List<T>> ListAsync<T>(PreparedStatement<T> statement, ReadOnlySpan<SqlParameterValue> values) =>
        ListAsync(Command(statement, values), statement.Read);

    public ValueTask<T?> FirstAsync<T>(PreparedStatement<T> statement, ReadOnlySpan<SqlParameterValue> values)
        where T : class
    {
        return First(ListAsync(Command(statement, values), statement.Read));

        // Read to its end: an UPDATE that answers rows must not be cut short.
        static async ValueTask<T?> First(ValueTask<List<T>> rows) => (await rows).FirstOrDefault();
    }

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

    private SqlCommand Command(PreparedStatement statement, ReadOnlySpan<SqlParameterValue> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = statement.Sql;
        for (var i = 0; i < values.Length; i++)
        {
            var (number, text, isNumber) = values[i];
            command.Parameters.Add(isNumber
                ? new SqlParameter(statement.Parameters[i], SqlDbType.BigInt) { Value = number }
                : new SqlParameter(statement.Parameters[i], SqlDbType.NVarChar, text?.Length > TextSize ? AnySize : TextSize) { Value = (object?)text ?? DBNull.Value });
        }

        return command;
    }

    private sealed class Row(SqlDataReader reader) : IColumnReader
    {
        public bool IsNull(int column) => reader.IsDBNull(column);
        public long Number(int column) => Convert.ToInt64(reader.GetValue(column), CultureInfo.InvariantCulture);
        public string Text(int column) => reader.GetString(column);
    }
}
