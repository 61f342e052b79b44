using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MessagePack;
using MessagePack.Formatters;
using MessagePack.Internal;

namespace ChatHub.Contracts;

/// <summary>Objects as maps from property name to value; absent values are left out, unknown names skipped.</summary>
[RequiresDynamicCode("Properties are closed over their types at run time.")]
internal sealed class ShapeFormatter<T>(JsonTypeInfo<T> info) : IMessagePackFormatter<T?>
{
    private readonly ShapeProperty<T>[] _properties = [.. info.Properties.Select(ShapeProperty<T>.Create)];
    private readonly ulong _required = info.Properties.Index().Aggregate(0ul, (mask, property) => property.Item.IsRequired ? mask | (1ul << property.Index) : mask);
    private readonly bool _ignoresCase = info.Options.PropertyNameCaseInsensitive;
    private readonly Func<T> _create = info.CreateObject ?? CreateEmpty;

    public void Serialize(ref MessagePackWriter writer, T? value, MessagePackSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        // A value that holds itself is refused before it exhausts the stack.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var count = 0;
        foreach (var property in _properties)
            count += property.IsWritten(value) ? 1 : 0;

        writer.WriteMapHeader(count);
        var isComplete = count == _properties.Length;
        foreach (var property in _properties)
        {
            if (isComplete || property.IsWritten(value))
                property.Write(ref writer, value, options);
        }
    }

    public T? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (reader.TryReadNil())
            return default;

        var value = _create();
        options.Security.DepthStep(ref reader);
        var seen = 0ul;
        var next = 0;
        for (var remaining = reader.ReadMapHeader(); remaining > 0; remaining--)
        {
            var index = Find(CodeGenHelpers.ReadStringSpan(ref reader), next);
            if (index < 0)
            {
                reader.Skip();
                continue;
            }

            _properties[index].Read(ref reader, value, options);
            seen |= 1ul << index;
            next = index + 1;
        }

        reader.Depth--;
        return (_required & ~seen) == 0 ? value : throw new JsonException($"{typeof(T).Name} lacks a required property.");
    }

    // JSON's metadata gives no constructor for a shape with init properties: it sets each of them, absent ones to their type's
    // default. An initialiser has no say there, nor here.
    [UnconditionalSuppressMessage("Trimming", "IL2087", Justification = "The generated metadata calls the constructor, which keeps it; none is looked up here.")]
    private static T CreateEmpty() => (T)RuntimeHelpers.GetUninitializedObject(typeof(T));

    // Begins where the previous name was found: a sender that keeps our order costs one comparison for each name.
    private int Find(ReadOnlySpan<byte> name, int next)
    {
        for (var tried = 0; tried < _properties.Length; tried++, next++)
        {
            next = next < _properties.Length ? next : 0;
            if (name.SequenceEqual(_properties[next].Name) || (_ignoresCase && Ascii.EqualsIgnoreCase(name, _properties[next].Name)))
                return next;
        }

        return -1;
    }
}
