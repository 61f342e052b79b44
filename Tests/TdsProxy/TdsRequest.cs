using System.Buffers.Binary;
using System.Text;

namespace ChatHub.Tests.Tds;

/// <summary>
/// What a client asks for, as text: the SQL of a batch or of sp_executesql, the name of any other procedure, the kind of a
/// transaction manager's request ("COMMIT TRANSACTION"), or the database that a login names.
/// </summary>
public sealed class TdsRequest
{
    private const ushort ExecuteSql = 10;
    private const int LoginDatabase = 68;

    private readonly TdsMessage _message;

    private TdsRequest(TdsMessage message, int connection, string text) => (_message, Connection, Text) = (message, connection, text);

    /// <summary>On which of the proxy's connections, counted from 1.</summary>
    public int Connection { get; }

    public TdsMessageType Type => _message.Type;

    public string Text { get; }

    public bool Contains(string part) => Text.Contains(part, StringComparison.OrdinalIgnoreCase);

    public static TdsRequest Read(TdsMessage message, int connection = 0) => new(message, connection, message.Type switch
    {
        TdsMessageType.SqlBatch => Encoding.Unicode.GetString(AfterHeaders(message)),
        TdsMessageType.Rpc => ReadCall(AfterHeaders(message)),
        TdsMessageType.TransactionManager => ReadTransaction(AfterHeaders(message)),
        TdsMessageType.Login => ReadDatabase(message.Payload),
        _ => "",
    });

    /// <summary>The same request with other SQL. For batches only.</summary>
    public TdsMessage With(string sql) => Type == TdsMessageType.SqlBatch
        ? _message with { Payload = [.. Headers, .. Encoding.Unicode.GetBytes(sql)] }
        : throw new NotSupportedException($"The text of {Type} cannot be replaced.");

    /// <summary>A batch in the same transaction, instead of the request.</summary>
    public TdsMessage Instead(string sql) =>
        new(TdsMessageType.SqlBatch, _message.Status, [.. Headers, .. Encoding.Unicode.GetBytes(sql)]);

    // Total length first, which counts itself; among them is the transaction that the request belongs to.
    private ReadOnlySpan<byte> Headers => _message.Payload.AsSpan(0, HeadersLength(_message));

    private static ReadOnlySpan<byte> AfterHeaders(TdsMessage message) => message.Payload.AsSpan(HeadersLength(message));

    private static int HeadersLength(TdsMessage message) => BinaryPrimitives.ReadInt32LittleEndian(message.Payload);

    private static string ReadTransaction(ReadOnlySpan<byte> body) => BinaryPrimitives.ReadUInt16LittleEndian(body) switch
    {
        5 => "BEGIN TRANSACTION",
        7 => "COMMIT TRANSACTION",
        8 => "ROLLBACK TRANSACTION",
        9 => "SAVE TRANSACTION",
        var other => $"transaction manager request {other}",
    };

    private static string ReadDatabase(ReadOnlySpan<byte> login)
    {
        var offset = BinaryPrimitives.ReadUInt16LittleEndian(login[LoginDatabase..]);
        var length = BinaryPrimitives.ReadUInt16LittleEndian(login[(LoginDatabase + 2)..]);
        return Encoding.Unicode.GetString(login.Slice(offset, 2 * length));
    }

    // Name or number of the procedure, option flags, then parameters, of which sp_executesql's first is the statement.
    private static string ReadCall(ReadOnlySpan<byte> body)
    {
        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(body);
        if (nameLength != ushort.MaxValue)
            return Encoding.Unicode.GetString(body.Slice(2, 2 * nameLength));
        var procedure = BinaryPrimitives.ReadUInt16LittleEndian(body[2..]);
        return procedure == ExecuteSql ? TdsText.ReadParameter(body[6..]) : $"procedure {procedure}";
    }
}
