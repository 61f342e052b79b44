using System.Buffers;
using System.Text.Json;

namespace ChatHub.Contracts.MessagePack;

/// <summary>Writes JSON's tokens as MessagePack.</summary>
internal static class JsonToPack
{
    /// <param name="json">On the value's first token; afterwards on its last.</param>
    /// <param name="writer">Where it goes.</param>
    public static void Write(ref Utf8JsonReader json, ref PackWriter writer)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject: WriteMap(ref json, ref writer); break;
            case JsonTokenType.StartArray: WriteArray(ref json, ref writer); break;
            case JsonTokenType.String: WriteText(ref json, ref writer); break;
            case JsonTokenType.Number: WriteNumber(ref json, ref writer); break;
            case JsonTokenType.True: writer.WriteBoolean(true); break;
            case JsonTokenType.False: writer.WriteBoolean(false); break;
            default: writer.WriteNil(); break;
        }
    }

    private static void WriteMap(ref Utf8JsonReader json, ref PackWriter writer)
    {
        var count = 0;
        var begin = writer.BeginItems();
        while (json.Read() && json.TokenType is not JsonTokenType.EndObject)
        {
            WriteText(ref json, ref writer);
            json.Read();
            Write(ref json, ref writer);
            count++;
        }

        writer.EndMap(begin, count);
    }

    private static void WriteArray(ref Utf8JsonReader json, ref PackWriter writer)
    {
        var count = 0;
        var begin = writer.BeginItems();
        while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
        {
            Write(ref json, ref writer);
            count++;
        }

        writer.EndArray(begin, count);
    }

    private static void WriteText(ref Utf8JsonReader json, ref PackWriter writer)
    {
        if (!json.ValueIsEscaped)
        {
            writer.WriteUtf8(json.ValueSpan);
            return;
        }

        var unescaped = ArrayPool<byte>.Shared.Rent(json.ValueSpan.Length);
        writer.WriteUtf8(unescaped.AsSpan(0, json.CopyString(unescaped)));
        ArrayPool<byte>.Shared.Return(unescaped);
    }

    // A fraction, or a number beyond 64 bits, is the nearest double, as it is to every JavaScript client anyway.
    private static void WriteNumber(ref Utf8JsonReader json, ref PackWriter writer)
    {
        if (json.TryGetInt64(out var signed))
            writer.WriteInteger(signed);
        else if (json.TryGetUInt64(out var unsigned))
            writer.WriteUnsigned(unsigned);
        else
            writer.WriteFloat(json.GetDouble());
    }
}
