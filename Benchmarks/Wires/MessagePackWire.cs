using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using MessagePack;

namespace ChatHub.Benchmarks.Wires;

/// <summary>The MessagePack hub protocol: arrays, each behind its length as a variable number of 7-bit groups.</summary>
public sealed class MessagePackWire : Wire
{
    private const int RecordBytes = 512;
    private const int LengthBytes = 2; // enough for 16 KiB
    private static readonly byte[] Handshake = Encoding.UTF8.GetBytes("{\"protocol\":\"messagepack\",\"version\":1}\u001e");
    private static readonly byte[] PingRecord = [2, 0x91, 6];

    public override WebSocketMessageType MessageType => WebSocketMessageType.Binary;

    public override ReadOnlyMemory<byte> Ping => PingRecord;

    public override async Task HandshakeAsync(HubSocket socket, string accessToken)
    {
        await socket.SendAsync(Handshake);
        // The handshake is JSON in every protocol.
        await socket.ExpectAsync("{}", JsonText.Next);
    }

    public override int Next(ReadOnlySpan<byte> buffer, out Range record)
    {
        var length = 0;
        for (var i = 0; i < buffer.Length; i++)
        {
            length |= (buffer[i] & 0x7f) << (7 * i);
            if ((buffer[i] & 0x80) != 0)
                continue;
            record = (i + 1)..(i + 1 + length);
            return i + 1 + length <= buffer.Length ? i + 1 + length : 0;
        }

        record = default;
        return 0;
    }

    public override HubRecord Parse(ReadOnlyMemory<byte> record)
    {
        var reader = new MessagePackReader(record);
        reader.ReadArrayHeader();
        var type = reader.ReadInt32();
        return type switch
        {
            HubRecord.Invocation => Invocation(record, reader),
            HubRecord.Completion => Completion(record, reader),
            HubRecord.Close => new() { Length = record.Length, Type = type, Error = reader.ReadString() },
            _ => new() { Length = record.Length, Type = type },
        };
    }

    public override ReadOnlyMemory<byte> SendMessage(long number, string conversationId, Guid clientId)
    {
        // The length comes first and is known last.
        var buffer = new ArrayBufferWriter<byte>(RecordBytes);
        buffer.Advance(LengthBytes);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(6);
        writer.Write(HubRecord.Invocation);
        writer.WriteMapHeader(0);
        writer.Write(number.ToString(CultureInfo.InvariantCulture));
        writer.Write("SendMessage");
        writer.WriteArrayHeader(1);
        writer.WriteMapHeader(3);
        writer.Write("conversationId");
        writer.Write(conversationId);
        writer.Write("text");
        writer.Write(number.ToString("d50", CultureInfo.InvariantCulture));
        writer.Write("clientId");
        writer.Write(clientId.ToString());
        writer.WriteArrayHeader(0);
        writer.Flush();
        return Framed(buffer);
    }

    public override long NumberIn(ReadOnlyMemory<byte> payload)
    {
        var reader = new MessagePackReader(payload);
        return FirstNumber(ref reader, payload.Span) ?? throw NoNumber();
    }

    private static HubRecord Invocation(ReadOnlyMemory<byte> record, MessagePackReader reader)
    {
        reader.Skip(); // headers
        reader.Skip(); // an event has no id
        var target = record.Span[Text(ref reader)];
        return new() { Length = record.Length, Type = HubRecord.Invocation, Target = target, Payload = record[(int)reader.Consumed..] };
    }

    private static HubRecord Completion(ReadOnlyMemory<byte> record, MessagePackReader reader)
    {
        const int error = 1;
        reader.Skip(); // headers
        var id = record.Span[Text(ref reader)];
        return reader.ReadInt32() == error
            ? new() { Length = record.Length, Type = HubRecord.Completion, InvocationId = id, Error = reader.ReadString() }
            : new() { Length = record.Length, Type = HubRecord.Completion, InvocationId = id, Payload = record[(int)reader.Consumed..] };
    }

    /// <summary>Reads a text.</summary>
    /// <returns>Where its bytes lie.</returns>
    private static Range Text(ref MessagePackReader reader)
    {
        var length = reader.TryReadStringSpan(out var text) ? text.Length : throw new BenchmarkException("a record of the MessagePack protocol has no text where one belongs");
        return ((int)reader.Consumed - length)..(int)reader.Consumed;
    }

    private static ReadOnlyMemory<byte> Framed(ArrayBufferWriter<byte> buffer)
    {
        var record = new ArraySegment<byte>(new byte[buffer.WrittenCount]);
        buffer.WrittenSpan.CopyTo(record);
        var length = buffer.WrittenCount - LengthBytes;
        // Two groups of 7 bits, the first one marked as not the last.
        (record[0], record[1]) = ((byte)(length | 0x80), (byte)(length >> 7));
        return record;
    }

    private static long? FirstNumber(ref MessagePackReader reader, ReadOnlySpan<byte> payload)
    {
        if (reader.NextMessagePackType == MessagePackType.Array)
        {
            for (var left = reader.ReadArrayHeader(); left > 0; left--)
            {
                if (FirstNumber(ref reader, payload) is { } inner)
                    return inner;
            }

            return null;
        }

        if (reader.NextMessagePackType != MessagePackType.Map)
        {
            reader.Skip();
            return null;
        }

        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            var isText = payload[Text(ref reader)].SequenceEqual("text"u8);
            if (isText && reader.NextMessagePackType == MessagePackType.String)
            {
                var text = payload[Text(ref reader)];
                if (Utf8Parser.TryParse(text, out long number, out var length) && length == text.Length)
                    return number;
            }
            else if (FirstNumber(ref reader, payload) is { } inner)
            {
                return inner;
            }
        }

        return null;
    }
}
