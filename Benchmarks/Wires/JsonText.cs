using System.Buffers.Text;
using System.Text.Json;

namespace ChatHub.Benchmarks.Wires;

/// <summary>What both text protocols read from JSON.</summary>
internal static class JsonText
{
    /// <summary>Between the records of the JSON hub protocol.</summary>
    public const byte Separator = 0x1e;

    public static int Next(ReadOnlySpan<byte> buffer, out Range record)
    {
        var length = buffer.IndexOf(Separator);
        record = 0..Math.Max(0, length);
        return length + 1;
    }

    /// <returns>Null if no text is a number.</returns>
    public static long? FirstNumber(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("text"u8) && reader.Read()
                && Utf8Parser.TryParse(reader.ValueSpan, out long number, out var length) && length == reader.ValueSpan.Length)
                return number;
        }

        return null;
    }
}
