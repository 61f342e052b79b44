using System.Buffers.Text;
using System.Net.WebSockets;
using System.Text;
using System.Text.Unicode;

namespace ChatHub.Benchmarks.Wires;

/// <summary>
/// Socket.IO 4 on a WebSocket: a digit for the transport's packet, one for Socket.IO's, the number of the call that wants an
/// acknowledgement, and a JSON array (<c>420["SendMessage",{…}]</c>, acknowledged by <c>430[{…}]</c>).
/// </summary>
public sealed class SocketIoWire : Wire
{
    private const int MessageBytes = 512;
    private static readonly byte[] PongPacket = "3"u8.ToArray();

    public override WebSocketMessageType MessageType => WebSocketMessageType.Text;

    public override ReadOnlyMemory<byte> Pong => PongPacket;

    public override bool MessageIsRecord => true;

    public override Uri Address(Uri server, string accessToken) =>
        new UriBuilder(server) { Scheme = "ws", Path = "/socket.io/", Query = "EIO=4&transport=websocket" }.Uri;

    public override async Task HandshakeAsync(HubSocket socket, string accessToken)
    {
        await socket.ExpectAsync("0{");
        await socket.SendAsync(Encoding.UTF8.GetBytes($"40{{\"token\":\"{accessToken}\"}}"));
        await socket.ExpectAsync("40{");
    }

    public override int Next(ReadOnlySpan<byte> buffer, out Range record) => JsonText.Next(buffer, out record);

    public override HubRecord Parse(ReadOnlyMemory<byte> record)
    {
        var text = record.Span;
        if (text.StartsWith("2"u8))
            return new() { Length = text.Length, Type = HubRecord.Ping };
        if (text.StartsWith("43"u8))
            return Acknowledgement(record);
        return text.StartsWith("42[\""u8)
            ? Event(record)
            : new() { Length = text.Length, Type = HubRecord.Close, Error = Encoding.UTF8.GetString(text) };
    }

    public override ReadOnlyMemory<byte> SendMessage(long number, string conversationId, Guid clientId)
    {
        var message = new byte[MessageBytes];
        return Utf8.TryWrite(
            message,
            $"42{number}[\"SendMessage\",{{\"conversationId\":\"{conversationId}\",\"text\":\"{number:d50}\",\"clientId\":\"{clientId}\"}}]",
            out var length)
            ? message.AsMemory(0, length)
            : throw new BenchmarkException("a message does not fit its buffer");
    }

    public override long NumberIn(ReadOnlyMemory<byte> payload) => JsonText.FirstNumber(payload.Span) ?? throw NoNumber();

    private static HubRecord Acknowledgement(ReadOnlyMemory<byte> record)
    {
        if (!Utf8Parser.TryParse(record.Span[2..], out long _, out var digits))
            throw new BenchmarkException("an acknowledgement names no call");
        return new()
        {
            Length = record.Length,
            Type = HubRecord.Completion,
            InvocationId = record.Span.Slice(2, digits),
            Payload = record[(2 + digits)..],
        };
    }

    private static HubRecord Event(ReadOnlyMemory<byte> record)
    {
        var name = record.Span["42[\"".Length..];
        return new()
        {
            Length = record.Length,
            Type = HubRecord.Invocation,
            Target = name[..Math.Max(0, name.IndexOf((byte)'"'))],
            Payload = record[2..],
        };
    }
}
