using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ChatHub.Contracts.MessagePack;

/// <summary>
/// Which types are plain: all that JSON would do with one is to take it apart and put it together. Types with anything
/// finer (a converter, a constructor, a callback, an option that is not usual here) go through JSON itself.
/// </summary>
internal static class PlainTypes
{
    private const int MostProperties = 64;

    /// <summary>Whether JSON's own converter is at work, with nothing unusual asked of it.</summary>
    public static bool IsBuiltIn(JsonTypeInfo info) =>
        info.Converter.GetType().Assembly == typeof(JsonSerializer).Assembly
        && (info.NumberHandling ?? info.Options.NumberHandling) is JsonNumberHandling.Strict
        && info.PolymorphismOptions is null;

    /// <summary>Whether the list that JSON would make of an array is a <see cref="List{T}"/> or an array.</summary>
    public static bool IsList(JsonTypeInfo info) =>
        info is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } item }
        && IsBuiltIn(info)
        && (info.Type == item.MakeArrayType() || info.Type == typeof(List<>).MakeGenericType(item)
            || (info.Type.IsInterface && info.Type.IsAssignableFrom(typeof(List<>).MakeGenericType(item))));

    /// <summary>Whether an object is made empty and filled property by property.</summary>
    public static bool IsShape(JsonTypeInfo info) =>
        info is { Kind: JsonTypeInfoKind.Object, Type: { IsValueType: false, IsAbstract: false } type }
        && IsBuiltIn(info)
        && type.GetConstructor(Type.EmptyTypes) is not null
        && HasUsualRules(info)
        && info.Properties.Count <= MostProperties
        && info.Properties.All(IsPlain);

    private static bool HasUsualRules(JsonTypeInfo info) =>
        info is { OnSerializing: null, OnSerialized: null, OnDeserializing: null, OnDeserialized: null }
        && (info.UnmappedMemberHandling ?? info.Options.UnmappedMemberHandling) is JsonUnmappedMemberHandling.Skip
        && (info.PreferredPropertyObjectCreationHandling ?? info.Options.PreferredObjectCreationHandling) is JsonObjectCreationHandling.Replace
        && info.Options is
        {
            DefaultIgnoreCondition: JsonIgnoreCondition.Never or JsonIgnoreCondition.WhenWritingNull,
            AllowDuplicateProperties: true,
            RespectNullableAnnotations: false,
            ReferenceHandler: null,
        };

    private static bool IsPlain(JsonPropertyInfo property) =>
        property is
        {
            AttributeProvider: PropertyInfo { GetMethod.IsPublic: true, SetMethod.IsPublic: true },
            Get: not null,
            Set: not null,
            CustomConverter: null,
            ShouldSerialize: null,
            NumberHandling: null,
            ObjectCreationHandling: null,
            IsExtensionData: false,
            AssociatedParameter: null or { IsMemberInitializer: true },
        };
}
