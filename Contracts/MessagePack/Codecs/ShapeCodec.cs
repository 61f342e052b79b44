using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatHub.Contracts.MessagePack;

/// <summary>Objects as maps from property name to value; absent values are left out, unknown names passed over.</summary>
internal sealed class ShapeCodec<T>(JsonTypeInfo<T> info, ShapeProperty<T>[] properties) : Codec<T>(info)
    where T : class, new()
{
    private readonly bool _ignoreCase = info.Options.PropertyNameCaseInsensitive;
    private readonly ulong _required = properties.Aggregate(0ul, (mask, property) => property.IsRequired ? mask | property.Bit : mask);

    // JSON gives an init property that is absent its type's default, not its initialiser's value: so do we.
    private readonly ShapeProperty<T>[] _initialised = [.. properties.Where(property => property.HasInitialiser(new T()))];

    public override void Write(ref PackWriter writer, T? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.Enter();
        var count = 0;
        var begin = writer.BeginItems();
        foreach (var property in properties)
        {
            if (property.Write(ref writer, value))
                count++;
        }

        writer.EndMap(begin, count);
        writer.Leave();
    }

    public override T? Read(ref PackReader reader)
    {
        var start = reader.Position;
        return reader.Read() switch
        {
            PackKind.Map => ReadProperties(ref reader, reader.Count),
            PackKind.Nil => null,
            _ => ReadAsJson(ref reader, start),
        };
    }

    private T ReadProperties(ref PackReader reader, int count)
    {
        reader.Enter();
        var shape = Create();
        var seen = 0ul;
        var next = 0;
        for (var i = 0; i < count; i++)
        {
            if (reader.Read() is not PackKind.String)
                throw new JsonException($"A property name of {typeof(T).Name} is no string.");

            if (Find(reader.Content, ref next) is { } property)
            {
                property.Read(ref reader, shape);
                seen |= property.Bit;
            }
            else
            {
                reader.Skip();
            }
        }

        reader.Leave();
        return (_required & ~seen) == 0 ? shape : throw Missing(_required & ~seen);
    }

    private T Create()
    {
        var shape = new T();
        foreach (var property in _initialised)
            property.Clear(shape);
        return shape;
    }

    // Whoever writes in our order is answered by the first comparison.
    private ShapeProperty<T>? Find(ReadOnlySpan<byte> name, ref int next)
    {
        for (var tried = 0; tried < properties.Length; tried++)
        {
            var property = properties[next];
            next = next + 1 == properties.Length ? 0 : next + 1;
            if (property.Name.SequenceEqual(name))
                return property;
        }

        return _ignoreCase ? FindIgnoringCase(name) : null;
    }

    private ShapeProperty<T>? FindIgnoringCase(ReadOnlySpan<byte> name)
    {
        foreach (var property in properties)
        {
            if (Ascii.EqualsIgnoreCase(property.Name, name))
                return property;
        }

        return null;
    }

    private JsonException Missing(ulong bits) => new(
        $"{typeof(T).Name} lacks {string.Join(", ", properties.Where(property => (bits & property.Bit) != 0).Select(property => Encoding.UTF8.GetString(property.Name)))}.");
}
