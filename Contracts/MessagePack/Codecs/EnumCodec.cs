using System.Text.Json.Serialization.Metadata;

namespace ChatHub.Contracts.MessagePack;

/// <summary>
/// Enums as their converter writes them. It is asked once for each defined value; what it answered is kept as bytes, to
/// copy when writing and to compare with when reading.
/// </summary>
internal sealed class EnumCodec<T>(JsonTypeInfo<T> info) : Codec<T>(info)
    where T : struct, Enum
{
    private readonly (T Value, byte[] Encoded)[] _values = [.. Enum.GetValues<T>().Select(value => (value, Encode(value, info)))];

    public override void Write(ref PackWriter writer, T value)
    {
        foreach (var (known, encoded) in _values)
        {
            if (EqualityComparer<T>.Default.Equals(known, value))
            {
                writer.WriteRaw(encoded);
                return;
            }
        }

        WriteAsJson(ref writer, value);
    }

    public override T Read(ref PackReader reader)
    {
        var start = reader.Position;
        var raw = reader.ReadRaw();
        foreach (var (value, encoded) in _values)
        {
            if (raw.SequenceEqual(encoded))
                return value;
        }

        return ReadAsJson(ref reader, start);
    }

    private static byte[] Encode(T value, JsonTypeInfo<T> info)
    {
        var writer = new PackWriter(stackalloc byte[64]);
        try
        {
            JsonBridge.Write(ref writer, value, info);
            return writer.Written.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }
}
