using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MessagePack;

namespace ChatHub.Contracts;

/// <summary>Instants, in the one form that <see cref="InstantConverter"/> writes. Other forms are read through JSON.</summary>
internal sealed class InstantFormatter(JsonTypeInfo<DateTimeOffset> info) : JsonFormatter<DateTimeOffset>(info)
{
    public override void Serialize(ref MessagePackWriter writer, DateTimeOffset value, MessagePackSerializerOptions options)
    {
        writer.WriteStringHeader(InstantConverter.Length);
        InstantConverter.Format(value, writer.GetSpan(InstantConverter.Length));
        writer.Advance(InstantConverter.Length);
    }

    public override DateTimeOffset Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        var ahead = reader;
        if (reader.NextMessagePackType is not MessagePackType.String || !ahead.TryReadStringSpan(out var text) || text.Length != InstantConverter.Length)
            return base.Deserialize(ref reader, options);

        reader = ahead;
        Span<byte> json = [(byte)'"', .. text, (byte)'"'];
        return JsonSerializer.Deserialize(json, Info);
    }
}
