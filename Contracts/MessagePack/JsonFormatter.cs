using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MessagePack;
using MessagePack.Formatters;

namespace ChatHub.Contracts;

/// <summary>
/// Writes and reads a value through JSON: slower, but right for every type that JSON handles. Serves the types that no faster
/// formatter serves, and the rarer values of those.
/// </summary>
internal class JsonFormatter<T>(JsonTypeInfo<T> info) : IMessagePackFormatter<T?>
{
    protected JsonTypeInfo<T> Info { get; } = info;

    public virtual void Serialize(ref MessagePackWriter writer, T? value, MessagePackSerializerOptions options) =>
        MessagePackSerializer.ConvertFromJson(JsonSerializer.Serialize(value!, Info), ref writer, options);

    public virtual T? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        using var json = new EscapingWriter();
        MessagePackSerializer.ConvertToJson(ref reader, json, options);
        return JsonSerializer.Deserialize(json.ToString(), Info);
    }

    // The library leaves control characters in strings as they are, which is not JSON. It writes none outside of strings.
    private sealed class EscapingWriter() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void Write(char value)
        {
            if (char.IsControl(value))
                Write($"\\u{(int)value:x4}");
            else
                base.Write(value);
        }
    }
}
