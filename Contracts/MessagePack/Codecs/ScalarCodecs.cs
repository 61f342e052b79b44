using System.Text.Json.Serialization.Metadata;

namespace ChatHub.Contracts.MessagePack;

internal sealed class StringCodec(JsonTypeInfo<string> info) : Codec<string>(info)
{
    public override void Write(ref PackWriter writer, string? value)
    {
        if (value is null)
            writer.WriteNil();
        else
            writer.WriteString(value);
    }

    public override string? Read(ref PackReader reader)
    {
        var start = reader.Position;
        return reader.Read() switch
        {
            PackKind.String => reader.Text(),
            PackKind.Nil => null,
            _ => ReadAsJson(ref reader, start),
        };
    }
}

internal sealed class BooleanCodec(JsonTypeInfo<bool> info) : Codec<bool>(info)
{
    public override void Write(ref PackWriter writer, bool value) => writer.WriteBoolean(value);

    public override bool Read(ref PackReader reader)
    {
        var start = reader.Position;
        return reader.Read() switch
        {
            PackKind.True => true,
            PackKind.False => false,
            _ => ReadAsJson(ref reader, start),
        };
    }
}

internal sealed class Int32Codec(JsonTypeInfo<int> info) : Codec<int>(info)
{
    public override void Write(ref PackWriter writer, int value) => writer.WriteInteger(value);

    public override int Read(ref PackReader reader)
    {
        var start = reader.Position;
        return reader.Read() is PackKind.Integer && reader.Integer == (int)reader.Integer
            ? (int)reader.Integer
            : ReadAsJson(ref reader, start);
    }
}

internal sealed class Int64Codec(JsonTypeInfo<long> info) : Codec<long>(info)
{
    public override void Write(ref PackWriter writer, long value) => writer.WriteInteger(value);

    public override long Read(ref PackReader reader)
    {
        var start = reader.Position;
        return reader.Read() is PackKind.Integer ? reader.Integer : ReadAsJson(ref reader, start);
    }
}

/// <summary>Instants as their converter writes them; read by the converter, timestamps of the extension type too.</summary>
internal sealed class InstantCodec(JsonTypeInfo<DateTimeOffset> info) : Codec<DateTimeOffset>(info)
{
    public override void Write(ref PackWriter writer, DateTimeOffset value)
    {
        Span<byte> text = stackalloc byte[InstantConverter.Length];
        InstantConverter.Format(value, text);
        writer.WriteUtf8(text);
    }

    public override DateTimeOffset Read(ref PackReader reader) => ReadAsJson(ref reader, reader.Position);
}

internal sealed class NullableCodec<T>(JsonTypeInfo<T?> info, Codec<T> inner) : Codec<T?>(info)
    where T : struct
{
    public override void Write(ref PackWriter writer, T? value)
    {
        if (value is { } present)
            inner.Write(ref writer, present);
        else
            writer.WriteNil();
    }

    public override T? Read(ref PackReader reader)
    {
        var start = reader.Position;
        if (reader.Read() is PackKind.Nil)
            return null;

        reader.Position = start;
        return inner.Read(ref reader);
    }
}
