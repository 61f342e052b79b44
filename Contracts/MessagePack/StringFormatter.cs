using System.Text;
using MessagePack;
using MessagePack.Formatters;

namespace ChatHub.Contracts;

/// <summary>Text. Bytes that are not UTF-8 are refused, as in JSON; the stock formatter replaces them silently.</summary>
internal sealed class StringFormatter : IMessagePackFormatter<string?>
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public void Serialize(ref MessagePackWriter writer, string? value, MessagePackSerializerOptions options) => writer.Write(value);

    public string? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        reader.TryReadStringSpan(out var text) ? Strict.GetString(text)
        : reader.ReadStringSequence() is { } segments ? Strict.GetString(segments)
        : null;
}
