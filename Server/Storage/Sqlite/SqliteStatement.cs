using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>A prepared statement, and its current row. For the one thread that has its connection.</summary>
internal sealed class SqliteStatement : IColumnReader, IDisposable
{
    private const int SmallText = 512;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _owner;
    private readonly nint _statement; // the owner's, which is not disposed while the connection is in use
    private readonly int[] _indexes;

    public SqliteStatement(sqlite3 database, string sql, IReadOnlyList<string> parameters)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _owner));
        _statement = _owner.DangerousGetHandle();
        _indexes = [.. parameters.Select(name => raw.sqlite3_bind_parameter_index(_owner, $"@{name}"))];
    }

    public void Bind(ReadOnlySpan<SqlParameterValue> values)
    {
        if (values.Length != _indexes.Length)
            throw new InvalidOperationException($"The statement takes {_indexes.Length} values and got {values.Length}.");
        for (var i = 0; i < values.Length; i++)
            Bind(_indexes[i], values[i]);
    }

    /// <returns>Whether there is a row.</returns>
    public bool Step()
    {
        var result = NativeSqlite.Step(_statement);
        if (result == raw.SQLITE_ROW)
            return true;
        if (result != raw.SQLITE_DONE)
            Check(result);
        return false;
    }

    // It repeats the step's result code, which was checked.
    public void Reset() => _ = NativeSqlite.Reset(_statement);

    public bool IsNull(int column) => NativeSqlite.ColumnType(_statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => NativeSqlite.ColumnNumber(_statement, column);

    // The text first: it sets the count of its bytes.
    public string Text(int column) =>
        Marshal.PtrToStringUTF8(NativeSqlite.ColumnText(_statement, column), NativeSqlite.ColumnBytes(_statement, column));

    public void Dispose() => _owner.Dispose();

    private void Bind(int index, SqlParameterValue value)
    {
        if (value.IsNumber)
            Check(NativeSqlite.BindNumber(_statement, index, value.Number));
        else if (value.Text is { } text)
            BindText(index, text);
        else
            Check(NativeSqlite.BindNull(_statement, index));
    }

    private void BindText(int index, string text)
    {
        var maxLength = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = maxLength > SmallText ? ArrayPool<byte>.Shared.Rent(maxLength) : null;
        var buffer = rented ?? stackalloc byte[SmallText];
        var length = Encoding.UTF8.GetBytes(text, buffer);
        Check(NativeSqlite.BindText(_statement, index, in MemoryMarshal.GetReference(buffer), length, NativeSqlite.OwnCopy));
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, _database);
    }
}
