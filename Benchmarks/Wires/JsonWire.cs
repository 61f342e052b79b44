using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ChatHub.Benchmarks.Wires;

/// <summary>The JSON hub protocol.</summary>
public sealed class JsonWire : Wire
{
    private const int RecordBytes = 512;
    private static readonly byte[] Handshake = Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e");
    private static readonly byte[] PingRecord = Encoding.UTF8.GetBytes("{\"type\":6}\u001e");

    public override WebSocketMessageType MessageType => WebSocketMessageType.Text;

    public override ReadOnlyMemory<byte> Ping => PingRecord;

    public override async Task HandshakeAsync(HubSocket socket, string accessToken)
    {
        await socket.SendAsync(Handshake);
        await socket.ExpectAsync("{}");
    }

    public override int Next(ReadOnlySpan<byte> buffer, out Range record) => JsonText.Next(buffer, out record);

    public override HubRecord Parse(ReadOnlyMemory<byte> record)
    {
        var json = record.Span;
        var type = 0;
        ReadOnlySpan<byte> invocationId = default, target = default;
        ReadOnlyMemory<byte> payload = default;
        string? error = null;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Next(ref reader, "type"u8))
                type = reader.GetInt32();
            else if (Next(ref reader, "invocationId"u8))
                invocationId = reader.ValueSpan;
            else if (Next(ref reader, "target"u8))
                target = reader.ValueSpan;
            else if (Next(ref reader, "error"u8))
                error = reader.GetString();
            else if (Next(ref reader, "result"u8) || Next(ref reader, "arguments"u8))
                payload = record[Skip(ref reader)];
            else
                reader.Skip();
        }

        return new() { Length = json.Length, Type = type, InvocationId = invocationId, Target = target, Payload = payload, Error = error };
    }

    public override ReadOnlyMemory<byte> SendMessage(long number, string conversationId, Guid clientId)
    {
        // A buffer of its own: with several in flight one may still be being sent.
        var record = new byte[RecordBytes];
        return Utf8.TryWrite(
            record,
            $"{{\"type\":1,\"invocationId\":\"{number}\",\"target\":\"SendMessage\",\"arguments\":[{{\"conversationId\":\"{conversationId}\",\"text\":\"{number:d50}\",\"clientId\":\"{clientId}\"}}]}}\u001e",
            out var length)
            ? record.AsMemory(0, length)
            : throw new BenchmarkException("a message does not fit its buffer");
    }

    public override long NumberIn(ReadOnlyMemory<byte> payload) => JsonText.FirstNumber(payload.Span) ?? throw NoNumber();

    /// <summary>Whether the reader stands at the property of this name; if so, moves it to the value.</summary>
    private static bool Next(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();

    /// <summary>Moves the reader to the end of the value it stands at.</summary>
    /// <returns>Where the value lies.</returns>
    private static Range Skip(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }
}
