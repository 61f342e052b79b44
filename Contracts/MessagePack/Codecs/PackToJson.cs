using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text.Json;

namespace ChatHub.Contracts.MessagePack;

/// <summary>
/// Writes MessagePack as the JSON that stands for it: binary as Base64 and timestamps as RFC 3339, as JSON has them. What
/// JSON has no word for (other extensions, keys that are neither text nor integer, NaN) is refused.
/// </summary>
internal static class PackToJson
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const int LongestInteger = 20;

    public static void Write(ref PackReader reader, Utf8JsonWriter json)
    {
        switch (reader.Read())
        {
            case PackKind.Nil: json.WriteNullValue(); break;
            case PackKind.False: json.WriteBooleanValue(false); break;
            case PackKind.True: json.WriteBooleanValue(true); break;
            case PackKind.Integer: json.WriteNumberValue(reader.Integer); break;
            case PackKind.Unsigned: json.WriteNumberValue((ulong)reader.Integer); break;
            case PackKind.Float: json.WriteNumberValue(reader.Float); break;
            case PackKind.String: json.WriteStringValue(reader.Content); break;
            case PackKind.Binary: json.WriteBase64StringValue(reader.Content); break;
            case PackKind.Array: WriteArray(ref reader, reader.Count, json); break;
            case PackKind.Map: WriteMap(ref reader, reader.Count, json); break;
            default: json.WriteStringValue(Timestamp(in reader)); break;
        }
    }

    private static void WriteArray(ref PackReader reader, int count, Utf8JsonWriter json)
    {
        reader.Enter();
        json.WriteStartArray();
        for (var i = 0; i < count; i++)
            Write(ref reader, json);
        json.WriteEndArray();
        reader.Leave();
    }

    private static void WriteMap(ref PackReader reader, int count, Utf8JsonWriter json)
    {
        reader.Enter();
        json.WriteStartObject();
        for (var i = 0; i < count; i++)
        {
            WriteName(ref reader, json);
            Write(ref reader, json);
        }

        json.WriteEndObject();
        reader.Leave();
    }

    private static void WriteName(ref PackReader reader, Utf8JsonWriter json)
    {
        switch (reader.Read())
        {
            case PackKind.String:
                json.WritePropertyName(reader.Content);
                break;
            case PackKind.Integer:
                Span<byte> digits = stackalloc byte[LongestInteger];
                Utf8Formatter.TryFormat(reader.Integer, digits, out var written);
                json.WritePropertyName(digits[..written]);
                break;
            default:
                throw new JsonException("A map's key is neither text nor an integer.");
        }
    }

    // timestamp 32: seconds. 64: 30 bits of nanoseconds, 34 of seconds. 96: nanoseconds, then signed seconds.
    private static DateTimeOffset Timestamp(in PackReader reader)
    {
        var data = reader.Content;
        return (reader.ExtensionType, data.Length) switch
        {
            (PackFormat.Timestamp, 4) => Instant(BinaryPrimitives.ReadUInt32BigEndian(data), 0),
            (PackFormat.Timestamp, 8) when BinaryPrimitives.ReadUInt64BigEndian(data) is var both =>
                Instant((long)(both & 0x3_ffff_ffff), (long)(both >> 34)),
            (PackFormat.Timestamp, 12) =>
                Instant(BinaryPrimitives.ReadInt64BigEndian(data[4..]), BinaryPrimitives.ReadUInt32BigEndian(data)),
            _ => throw new JsonException($"Extension type {reader.ExtensionType} of {data.Length} bytes is not known."),
        };
    }

    private static DateTimeOffset Instant(long seconds, long nanoseconds) => nanoseconds < NanosecondsPerSecond
        ? DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
        : throw new JsonException("A timestamp has more than a second of nanoseconds.");
}
