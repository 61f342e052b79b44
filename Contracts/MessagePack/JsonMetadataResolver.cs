using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MessagePack;
using MessagePack.Formatters;

namespace ChatHub.Contracts;

/// <summary>
/// The formatter of each type, chosen by JSON's metadata of it when the type is first met. It holds as many as the program
/// has types on the wire: no client can add to it.
/// </summary>
[RequiresDynamicCode("Formatters are closed over the types of properties and items at run time.")]
internal sealed class JsonMetadataResolver(JsonSerializerOptions json) : IFormatterResolver
{
    private const int MaxProperties = 64;

    private readonly ConcurrentDictionary<Type, object> _formatters = new();

    public IMessagePackFormatter<T> GetFormatter<T>() =>
        (IMessagePackFormatter<T>)_formatters.GetOrAdd(typeof(T), static (_, resolver) => resolver.Create<T>(), this);

    private object Create<T>()
    {
        var info = (JsonTypeInfo<T>)json.GetTypeInfo(typeof(T));
        return (JsonTypeInfo)info switch
        {
            JsonTypeInfo<DateTimeOffset> { Converter: InstantConverter } instant => new InstantFormatter(instant),
            _ when !IsBuiltIn(info) => typeof(T).IsEnum ? new EnumFormatter<T>(info) : new JsonFormatter<T>(info),
            JsonTypeInfo<string> => new StringFormatter(),
            JsonTypeInfo<bool> => BooleanFormatter.Instance,
            JsonTypeInfo<int> => Int32Formatter.Instance,
            JsonTypeInfo<long> => Int64Formatter.Instance,
            _ when Nullable.GetUnderlyingType(typeof(T)) is { } inner => Close(typeof(NullableFormatter<>), inner),
            { Kind: JsonTypeInfoKind.Enumerable } when IsReadOnlyList(typeof(T)) => Close(typeof(InterfaceReadOnlyListFormatter<>), info.ElementType!),
            { Kind: JsonTypeInfoKind.Object } when IsShape(info) => new ShapeFormatter<T>(info),
            _ => new JsonFormatter<T>(info),
        };
    }

    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "Only NullableFormatter has a constraint, and a value type needs no constructor.")]
    private static object Close([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type formatter, Type type) =>
        Activator.CreateInstance(formatter.MakeGenericType(type))!;

    // JSON's own converter is at work, with nothing unusual asked of it.
    private static bool IsBuiltIn(JsonTypeInfo info) =>
        info.Converter.GetType().Assembly == typeof(JsonSerializer).Assembly
        && (info.NumberHandling ?? info.Options.NumberHandling) is JsonNumberHandling.Strict
        && info.PolymorphismOptions is null;

    private static bool IsReadOnlyList(Type type) => type.IsInterface && type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    // A class that is made empty and filled property by property.
    private static bool IsShape(JsonTypeInfo info) =>
        info is { OnSerializing: null, OnSerialized: null, OnDeserializing: null, OnDeserialized: null, Type: { IsValueType: false, IsAbstract: false } }
        && info.Properties.Count <= MaxProperties
        && info.Properties.All(IsPlain);

    private static bool IsPlain(JsonPropertyInfo property) =>
        property is
        {
            AttributeProvider: PropertyInfo { GetMethod.IsPublic: true, SetMethod.IsPublic: true },
            Get: not null,
            Set: not null,
            CustomConverter: null,
            NumberHandling: null,
            ObjectCreationHandling: null,
            IsExtensionData: false,
            AssociatedParameter: null or { IsMemberInitializer: true },
        };
}
