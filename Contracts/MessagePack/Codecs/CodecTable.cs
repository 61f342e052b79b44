using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Contracts.MessagePack;

/// <summary>
/// The codec of each type, made from JSON's metadata when the type is first met. It holds as many as the program has types
/// on the wire: no client can add to it.
/// </summary>
internal sealed class CodecTable(JsonSerializerOptions options)
{
    private readonly ConcurrentDictionary<Type, Codec> _codecs = new() { [typeof(RawResult)] = new RawResultCodec() };

    public Codec For(Type type) => _codecs.GetOrAdd(type, static (type, table) => table.Create(type), this);

    private Codec Create(Type type)
    {
        var info = options.GetTypeInfo(type);
        return info switch
        {
            JsonTypeInfo<string> text when PlainTypes.IsBuiltIn(info) => new StringCodec(text),
            JsonTypeInfo<bool> boolean when PlainTypes.IsBuiltIn(info) => new BooleanCodec(boolean),
            JsonTypeInfo<int> number when PlainTypes.IsBuiltIn(info) => new Int32Codec(number),
            JsonTypeInfo<long> number when PlainTypes.IsBuiltIn(info) => new Int64Codec(number),
            JsonTypeInfo<DateTimeOffset> { Converter: InstantConverter } instant => new InstantCodec(instant),
            _ when type.IsEnum => Make(typeof(EnumCodec<>), [type], info),
            _ when Nullable.GetUnderlyingType(type) is { } inner && PlainTypes.IsBuiltIn(info) => Make(typeof(NullableCodec<>), [inner], info, For(inner)),
            _ when PlainTypes.IsList(info) => Make(typeof(ListCodec<,>), [type, info.ElementType!], info, For(info.ElementType!)),
            _ when PlainTypes.IsShape(info) => Make(typeof(ShapeCodec<>), [type], info, Properties(info)),
            _ => Make(typeof(JsonCodec<>), [type], info),
        };
    }

    private Array Properties(JsonTypeInfo info)
    {
        var properties = Array.CreateInstance(typeof(ShapeProperty<>).MakeGenericType(info.Type), info.Properties.Count);
        for (var i = 0; i < properties.Length; i++)
        {
            var property = info.Properties[i];
            var made = typeof(ShapeProperty<,>).MakeGenericType(info.Type, property.PropertyType);
            properties.SetValue(Activator.CreateInstance(made, property, i, this), i);
        }

        return properties;
    }

    private static Codec Make(Type codec, Type[] types, params object[] arguments) =>
        (Codec)Activator.CreateInstance(codec.MakeGenericType(types), arguments)!;
}
