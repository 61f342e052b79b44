using System.Text.Json.Serialization.Metadata;

namespace ChatHub.Contracts.MessagePack;

/// <summary>Writes and reads the values of one type; shared by all connections, so without state of its own.</summary>
internal abstract class Codec
{
    public abstract void WriteObject(ref PackWriter writer, object value);

    public abstract object? ReadObject(ref PackReader reader);
}

/// <summary>
/// A codec that does the frequent case itself. All else, wrong input included, it leaves to JSON, so that both protocols
/// take the same, refuse the same, and say so in the same words.
/// </summary>
internal abstract class Codec<T>(JsonTypeInfo<T> info) : Codec
{
    public abstract void Write(ref PackWriter writer, T? value);

    public abstract T? Read(ref PackReader reader);

    public sealed override void WriteObject(ref PackWriter writer, object value) => Write(ref writer, (T)value);

    public sealed override object? ReadObject(ref PackReader reader) => Read(ref reader);

    protected void WriteAsJson(ref PackWriter writer, T? value) => JsonBridge.Write(ref writer, value, info);

    /// <param name="reader">The reader, anywhere in the value.</param>
    /// <param name="start">Where the value starts.</param>
    protected T? ReadAsJson(ref PackReader reader, int start)
    {
        reader.Position = start;
        return JsonBridge.Read(ref reader, info);
    }
}

/// <summary>The codec of every type that no faster one fits.</summary>
internal sealed class JsonCodec<T>(JsonTypeInfo<T> info) : Codec<T>(info)
{
    public override void Write(ref PackWriter writer, T? value) => WriteAsJson(ref writer, value);

    public override T? Read(ref PackReader reader) => ReadAsJson(ref reader, reader.Position);
}
