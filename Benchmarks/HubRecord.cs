using System.Text.Json;

namespace ChatHub.Benchmarks;

/// <summary>One record of the JSON hub protocol, read just far enough to know whom it concerns.</summary>
public readonly ref struct HubRecord
{
    public const byte Separator = 0x1e;
    public const int Invocation = 1;
    public const int Completion = 3;
    public const int Close = 7;

    private HubRecord(
        int length, int type, ReadOnlySpan<byte> invocationId, ReadOnlySpan<byte> target, ReadOnlySpan<byte> payload, string? error)
    {
        Length = length;
        Type = type;
        InvocationId = invocationId;
        Target = target;
        Payload = payload;
        Error = error;
    }

    /// <summary>In bytes, without the separator.</summary>
    public int Length { get; }
    public int Type { get; }
    public ReadOnlySpan<byte> InvocationId { get; }
    public ReadOnlySpan<byte> Target { get; }

    /// <summary>A completion's result, or an invocation's array of arguments, as JSON text.</summary>
    public ReadOnlySpan<byte> Payload { get; }
    public string? Error { get; }

    public static HubRecord Parse(ReadOnlySpan<byte> json)
    {
        var type = 0;
        ReadOnlySpan<byte> invocationId = default, target = default, payload = default;
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
                payload = json[Skip(ref reader)];
            else
                reader.Skip();
        }

        return new(json.Length, type, invocationId, target, payload, error);
    }

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
