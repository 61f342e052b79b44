using System.Buffers.Binary;
using System.Text;

namespace ChatHub.Tests.Tds;

/// <summary>The few tokens of a response that are written here ([MS-TDS] 2.2.7).</summary>
public static class TdsTokens
{
    private const byte ErrorToken = 0xAA;
    private const byte DoneToken = 0xFD;
    private const ushort DoneWithError = 0x0002;
    private const ushort DoneAfterAttention = 0x0020;

    /// <summary>ERROR: length, number, state, class, message, server, procedure, line.</summary>
    public static byte[] Error(TdsError error)
    {
        using var body = new MemoryStream();
        using (var writer = new BinaryWriter(body, Encoding.Unicode, leaveOpen: true))
        {
            writer.Write(error.Number);
            writer.Write(error.State);
            writer.Write(error.Class);
            writer.Write((ushort)error.Message.Length);
            writer.Write(Encoding.Unicode.GetBytes(error.Message));
            // Neither server nor procedure is named.
            writer.Write((ushort)0);
            writer.Write(1);
        }

        var token = new byte[3 + body.Length];
        token[0] = ErrorToken;
        BinaryPrimitives.WriteUInt16LittleEndian(token.AsSpan(1), (ushort)body.Length);
        body.ToArray().CopyTo(token, 3);
        return token;
    }

    /// <summary>DONE: status, command, number of rows.</summary>
    public static byte[] Done(ushort status = 0, long rows = 0)
    {
        var token = new byte[13];
        token[0] = DoneToken;
        BinaryPrimitives.WriteUInt16LittleEndian(token.AsSpan(1), status);
        BinaryPrimitives.WriteInt64LittleEndian(token.AsSpan(5), rows);
        return token;
    }

    public static TdsMessage Response(params byte[][] tokens) => new(TdsMessageType.TabularResult, 0, [.. tokens.SelectMany(token => token)]);

    /// <summary>The errors, and then the rest of a response.</summary>
    public static TdsMessage Failure(IEnumerable<TdsError> errors, TdsMessage? rest = null) =>
        Response([.. errors.Select(Error), rest?.Payload ?? Done(DoneWithError)]);

    /// <summary>A server's response to a client that gave up waiting.</summary>
    public static TdsMessage Attended() => Response(Done(DoneAfterAttention));
}
