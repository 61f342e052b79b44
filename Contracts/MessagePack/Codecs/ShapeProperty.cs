using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ChatHub.Contracts.MessagePack;

/// <summary>One property of a shape, as JSON's metadata names and orders it.</summary>
internal abstract class ShapeProperty<TShape>(JsonPropertyInfo info, int index)
{
    private readonly bool _isInit = info.AssociatedParameter is { IsMemberInitializer: true };

    /// <summary>The name on the wire, in UTF-8.</summary>
    public byte[] Name { get; } = Encoding.UTF8.GetBytes(info.Name);
    public bool IsRequired { get; } = info.IsRequired;

    /// <summary>This property in a set of properties.</summary>
    public ulong Bit { get; } = 1ul << index;

    /// <summary>Whether an absent value would leave a new shape with something else than JSON's default.</summary>
    public bool HasInitialiser(TShape fresh) => _isInit && !IsDefault(fresh);

    /// <summary>Writes name and value; false when the value is absent, and nothing was written.</summary>
    public abstract bool Write(ref PackWriter writer, TShape shape);

    public abstract void Read(ref PackReader reader, TShape shape);

    public abstract void Clear(TShape shape);

    protected abstract bool IsDefault(TShape shape);
}

/// <summary>With typed accessors of its own: those of the metadata would box each number.</summary>
internal sealed class ShapeProperty<TShape, TValue>(JsonPropertyInfo info, int index, CodecTable codecs)
    : ShapeProperty<TShape>(info, index)
{
    private readonly Func<TShape, TValue?> _get = Property(info).GetMethod!.CreateDelegate<Func<TShape, TValue?>>();
    private readonly Action<TShape, TValue?> _set = Property(info).SetMethod!.CreateDelegate<Action<TShape, TValue?>>();
    private readonly bool _omitsNull = info.Options.DefaultIgnoreCondition is JsonIgnoreCondition.WhenWritingNull;

    // Looked up at first use, so that a shape may hold its own kind.
    private Codec<TValue>? _codec;

    private Codec<TValue> Values => _codec ??= (Codec<TValue>)codecs.For(typeof(TValue));

    public override bool Write(ref PackWriter writer, TShape shape)
    {
        var value = _get(shape);
        if (value is null && _omitsNull)
            return false;

        writer.WriteUtf8(Name);
        Values.Write(ref writer, value);
        return true;
    }

    public override void Read(ref PackReader reader, TShape shape) => _set(shape, Values.Read(ref reader));

    public override void Clear(TShape shape) => _set(shape, default);

    protected override bool IsDefault(TShape shape) => EqualityComparer<TValue?>.Default.Equals(_get(shape), default);

    private static PropertyInfo Property(JsonPropertyInfo info) => (PropertyInfo)info.AttributeProvider!;
}
