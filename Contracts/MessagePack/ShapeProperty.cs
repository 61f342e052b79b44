using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MessagePack;
using MessagePack.Formatters;
using MessagePack.Internal;

namespace ChatHub.Contracts;

/// <summary>One property of a shape, as JSON's metadata names and orders it.</summary>
internal abstract class ShapeProperty<TShape>(JsonPropertyInfo info)
{
    /// <summary>The name on the wire, in UTF-8.</summary>
    public byte[] Name { get; } = Encoding.UTF8.GetBytes(info.Name);

    [RequiresDynamicCode("The property is closed over its type at run time.")]
    public static ShapeProperty<TShape> Create(JsonPropertyInfo info) =>
        (ShapeProperty<TShape>)Activator.CreateInstance(typeof(ShapeProperty<,>).MakeGenericType(typeof(TShape), info.PropertyType), info)!;

    /// <summary>Whether the value is present, or is written even when it is absent.</summary>
    public abstract bool IsWritten(TShape shape);

    public abstract void Write(ref MessagePackWriter writer, TShape shape, MessagePackSerializerOptions options);

    public abstract void Read(ref MessagePackReader reader, TShape shape, MessagePackSerializerOptions options);
}

/// <summary>
/// With typed accessors of its own: those of the metadata box each number, and its setters refuse init properties. The
/// metadata names the accessors, which keeps them when a program is trimmed.
/// </summary>
internal sealed class ShapeProperty<TShape, TValue>(JsonPropertyInfo info) : ShapeProperty<TShape>(info)
{
    private readonly byte[] _encodedName = CodeGenHelpers.GetEncodedStringBytes(info.Name);
    private readonly Func<TShape, TValue?> _get = Property(info).GetMethod!.CreateDelegate<Func<TShape, TValue?>>();
    private readonly Action<TShape, TValue?> _set = Property(info).SetMethod!.CreateDelegate<Action<TShape, TValue?>>();
    private readonly Func<object, object?, bool>? _condition = info.ShouldSerialize;
    private readonly bool _omitsNull = default(TValue) is null && info.Options.DefaultIgnoreCondition is JsonIgnoreCondition.WhenWritingNull;

    // Looked up at first use, so that a shape may hold its own kind.
    private IMessagePackFormatter<TValue?>? _formatter;

    public override bool IsWritten(TShape shape) =>
        _condition is not null ? _condition(shape!, _get(shape))
        : !_omitsNull || _get(shape) is not null;

    public override void Write(ref MessagePackWriter writer, TShape shape, MessagePackSerializerOptions options)
    {
        writer.WriteRaw(_encodedName);
        Formatter(options).Serialize(ref writer, _get(shape), options);
    }

    public override void Read(ref MessagePackReader reader, TShape shape, MessagePackSerializerOptions options) =>
        _set(shape, Formatter(options).Deserialize(ref reader, options));

    private IMessagePackFormatter<TValue?> Formatter(MessagePackSerializerOptions options) =>
        _formatter ??= options.Resolver.GetFormatterWithVerify<TValue?>();

    private static PropertyInfo Property(JsonPropertyInfo info) => (PropertyInfo)info.AttributeProvider!;
}
