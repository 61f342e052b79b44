using System.Buffers.Binary;

namespace ChatHub.Tests.Tds;

/// <summary>
/// One message of the protocol: the payloads of its packets, joined. A packet has a header of eight bytes: type, status,
/// length (big-endian, header included), process id, number, window.
/// </summary>
/// <param name="Type">What it is.</param>
/// <param name="Status">The first packet's status without the end-of-message bit: it may ask for a reset of the connection.</param>
/// <param name="Payload">Everything but the headers.</param>
public sealed record TdsMessage(TdsMessageType Type, byte Status, byte[] Payload)
{
    private const int HeaderSize = 8;
    private const byte EndOfMessage = 0x01;

    // Before a login negotiates another.
    private const int FirstPacketSize = 4_096;
    private const int MaxPayload = 16 * 1024 * 1024;

    /// <summary>
    /// Of every packet but the last, which may be shorter: what was negotiated. SqlClient cannot read shorter ones in between.
    /// </summary>
    public int PacketSize { get; init; } = FirstPacketSize;

    /// <summary>The next message; null where the stream ends between two.</summary>
    public static async Task<TdsMessage?> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var header = new byte[HeaderSize];
        using var payload = new MemoryStream();
        byte? status = null;
        var packetSize = FirstPacketSize;
        while (true)
        {
            if (await stream.ReadAtLeastAsync(header, HeaderSize, throwOnEndOfStream: status is not null, cancellation) < HeaderSize)
                return null;
            var length = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2));
            packetSize = Math.Max(packetSize, length);
            var body = new byte[length - HeaderSize];
            await stream.ReadExactlyAsync(body, cancellation);
            payload.Write(body);
            if (payload.Length > MaxPayload)
                throw new InvalidDataException($"A message is larger than {MaxPayload} bytes.");
            status ??= (byte)(header[1] & ~EndOfMessage);
            if ((header[1] & EndOfMessage) != 0)
                return new((TdsMessageType)header[0], status.Value, payload.ToArray()) { PacketSize = packetSize };
        }
    }

    public async Task WriteAsync(Stream stream, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var number = 0;
        foreach (var body in Payload.Length == 0 ? [[]] : Payload.Chunk(PacketSize - HeaderSize))
        {
            var isFirst = number++ == 0;
            var isLast = number * (PacketSize - HeaderSize) >= Payload.Length;
            var length = HeaderSize + body.Length;
            bytes.Write(
                [(byte)Type, (byte)((isFirst ? Status : 0) | (isLast ? EndOfMessage : 0)), (byte)(length >> 8), (byte)length, 0, 0, (byte)number, 0]);
            bytes.Write(body);
        }

        await stream.WriteAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), cancellation);
    }
}
