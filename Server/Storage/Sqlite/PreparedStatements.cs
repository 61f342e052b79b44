using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>The prepared statements of one connection, by <see cref="PreparedStatement"/>.</summary>
internal sealed class PreparedStatements(sqlite3 database) : IDisposable
{
    private readonly Dictionary<PreparedStatement, Prepared> _prepared = [];

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

    private Prepared Bind(PreparedStatement statement, ReadOnlySpan<SqlParameterValue> values)
    {
        if (!_prepared.TryGetValue(statement, out var prepared))
            _prepared.Add(statement, prepared = new(database, statement.Sql, statement.Parameters));
        prepared.Bind(values);
        return prepared;
    }

    private sealed class Prepared : IColumnReader, IDisposable
    {
        private const int SmallText = 512;

        private readonly sqlite3 _database;
        private readonly sqlite3_stmt _statement;
        private readonly int[] _indexes;

        public Prepared(sqlite3 database, string sql, IReadOnlyList<string> parameters)
        {
            _database = database;
            Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
            _indexes = [.. parameters.Select(name => raw.sqlite3_bind_parameter_index(_statement, $"@{name}"))];
        }

        public void Bind(ReadOnlySpan<SqlParameterValue> values)
        {
            if (values.Length != _indexes.Length)
                throw new InvalidOperationException($"The statement takes {_indexes.Length} values and got {values.Length}.");
            for (var i = 0; i < values.Length; i++)
                Bind(_indexes[i], values[i]);
        }

        public bool Step()
        {
            var result = raw.sqlite3_step(_statement);
            if (result == raw.SQLITE_ROW)
                return true;
            if (result != raw.SQLITE_DONE)
                Check(result);
            return false;
        }

        // sqlite3_reset repeats the step's result code, which was checked.
        public void Reset() => raw.sqlite3_reset(_statement);

        public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;
        public long Number(int column) => raw.sqlite3_column_int64(_statement, column);
        public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();
        public void Dispose() => _statement.Dispose();

        private void Bind(int index, SqlParameterValue value)
        {
            if (value.IsNumber)
                Check(raw.sqlite3_bind_int64(_statement, index, value.Number));
            else if (value.Text is { } text)
                BindText(index, text);
            else
                Check(raw.sqlite3_bind_null(_statement, index));
        }

        private void BindText(int index, string text)
        {
            var maxLength = Encoding.UTF8.GetMaxByteCount(text.Length);
            var rented = maxLength > SmallText ? ArrayPool<byte>.Shared.Rent(maxLength) : null;
            var buffer = rented ?? stackalloc byte[SmallText];
            var length = Encoding.UTF8.GetBytes(text, buffer);
            // SQLite takes its own copy.
            Check(raw.sqlite3_bind_text(_statement, index, buffer[..length]));
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }

        private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
    }
}
