using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MessagePack;

namespace ChatHub.Contracts;

/// <summary>
/// Enums by the names that their JSON converter writes; it is called once for each defined value. Any other value is left to
/// the converter.
/// </summary>
internal sealed class EnumFormatter<T>(JsonTypeInfo<T> info) : JsonFormatter<T>(info)
{
    private readonly (T Value, byte[] Name)[] _names = [.. Enum.GetValuesAsUnderlyingType(typeof(T)).Cast<object>()
        .Select(number => (T)Enum.ToObject(typeof(T), number))
        .Select(value => (value, Encoding.UTF8.GetBytes(JsonSerializer.SerializeToElement(value, info).GetString()!)))];

    public override void Serialize(ref MessagePackWriter writer, T? value, MessagePackSerializerOptions options)
    {
        foreach (var (known, name) in _names)
        {
            if (EqualityComparer<T>.Default.Equals(known, value))
            {
                writer.WriteString(name);
                return;
            }
        }

        base.Serialize(ref writer, value, options);
    }

    public override T? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        var ahead = reader;
        if (reader.NextMessagePackType is MessagePackType.String && ahead.TryReadStringSpan(out var text))
        {
            foreach (var (value, name) in _names)
            {
                if (text.SequenceEqual(name))
                {
                    reader = ahead;
                    return value;
                }
            }
        }

        return base.Deserialize(ref reader, options);
    }
}
