using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatHub.Contracts.MessagePack;

/// <summary>
/// The one seam to JSON: a value is written by JSON and its tokens then as MessagePack, or MessagePack is written as JSON
/// and that is read. Slower, but right for whatever type JSON handles.
/// </summary>
internal static class JsonBridge
{
    // Kept for the thread's next value unless a large one has blown it up.
    private const int MostKept = 64 * 1024;

    [ThreadStatic]
    private static Scratch? _kept;

    public static void Write<T>(ref PackWriter writer, T? value, JsonTypeInfo<T> info)
    {
        var scratch = Take();
        try
        {
            JsonSerializer.Serialize(scratch.Json, value!, info);
            var json = new Utf8JsonReader(scratch.Buffer.WrittenSpan, new() { MaxDepth = PackFormat.MaxDepth });
            json.Read();
            JsonToPack.Write(ref json, ref writer);
        }
        finally
        {
            Keep(scratch);
        }
    }

    public static T? Read<T>(ref PackReader reader, JsonTypeInfo<T> info)
    {
        var scratch = Take();
        try
        {
            PackToJson.Write(ref reader, scratch.Json);
            scratch.Json.Flush();
            return JsonSerializer.Deserialize(scratch.Buffer.WrittenSpan, info);
        }
        finally
        {
            Keep(scratch);
        }
    }

    private static Scratch Take()
    {
        var scratch = _kept ?? new Scratch();
        _kept = null;
        return scratch;
    }

    private static void Keep(Scratch scratch)
    {
        scratch.Buffer.ResetWrittenCount();
        scratch.Json.Reset();
        if (scratch.Buffer.Capacity <= MostKept)
            _kept = scratch;
    }

    private sealed class Scratch
    {
        public Scratch() => Json = new(Buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

        public ArrayBufferWriter<byte> Buffer { get; } = new();
        public Utf8JsonWriter Json { get; }
    }
}
