using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>The command that Dapper uses: it borrows the prepared one with its text, and returns it when disposed.</summary>
internal sealed class PreparedCommand(PreparedConnection connection) : DbCommand
{
    private SqliteCommand? _prepared;

    private SqliteCommand Prepared => _prepared ?? throw new InvalidOperationException("The command has no text yet.");

    [AllowNull]
    public override string CommandText
    {
        get => Prepared.CommandText;
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            // Dapper rewrites the text of "IN @list" among the parameters, and goes on adding to the collection that it holds.
            if (_prepared is null)
                _prepared = connection.Borrow(value);
            else
                _prepared.CommandText = value;
        }
    }

    public override int CommandTimeout { get; set; }
    public override CommandType CommandType { get; set; } = CommandType.Text;
    public override bool DesignTimeVisible { get; set; }
    public override UpdateRowSource UpdatedRowSource { get; set; }
    protected override DbConnection? DbConnection { get => connection; set => throw new NotSupportedException(); }
    protected override DbTransaction? DbTransaction { get; set; }
    protected override DbParameterCollection DbParameterCollection => Prepared.Parameters;

    protected override DbParameter CreateDbParameter() => new SqliteParameter();
    public override int ExecuteNonQuery() => Prepared.ExecuteNonQuery();
    public override object? ExecuteScalar() => Prepared.ExecuteScalar();
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Prepared.ExecuteReader();
    public override void Prepare() => Prepared.Prepare();

    // Statements end when their readers are disposed; nothing runs longer than its thread.
    public override void Cancel() { }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Release();
        base.Dispose(disposing);
    }

    private void Release()
    {
        if (_prepared is not { } prepared)
            return;
        _prepared = null;
        connection.Return(prepared);
    }
}
