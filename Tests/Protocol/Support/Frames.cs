using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Tests.Protocol.Support;

/// <summary>Puts bodies into frames and takes them out, written apart from the code under test.</summary>
internal static class Frames
{
    private const byte JsonEnd = 0x1e;

    public static byte[] Of(IReadOnlyCollection<byte> body) => [.. Length(body.Count), .. body];

    public static byte[] Body(ReadOnlyMemory<byte> frame) => frame[(frame.Span.IndexOfAnyInRange((byte)0, (byte)0x7f) + 1)..].ToArray();

    /// <summary>A body in the framing of either protocol: a length before it, or a separator behind it.</summary>
    public static byte[] Of(IHubProtocol protocol, IReadOnlyCollection<byte> body) => protocol.Name == "json" ? [.. body, JsonEnd] : Of(body);

    public static byte[] Body(IHubProtocol protocol, HubMessage message)
    {
        var frame = protocol.GetMessageBytes(message);
        return protocol.Name == "json" ? frame[..^1].ToArray() : Body(frame);
    }

    private static IEnumerable<byte> Length(int length)
    {
        for (; length >= 0x80; length >>= 7)
            yield return (byte)(length | 0x80);
        yield return (byte)length;
    }
}
