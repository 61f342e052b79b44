using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ChatHub.Contracts;

namespace ChatHub.Tests.Protocol.Support;

/// <summary>Makes values of the contract's shapes: edges and absences as often as the ordinary.</summary>
internal sealed class ContractValues(Random random)
{
    private static readonly string[] Texts =
    [
        "", "a", "Ada", "019c1f4e-7a3b-7cc1-9a4f-2b8d6e5f1a20", "Grüße, \"Łukasz\" \\ <b>&amp;</b> '+'", "line\nline\ttab\u0001",
        "👩‍👩‍👧‍👦 семья 家族", "exactly thirty-one characters!!", "and exactly thirty-two characters", "ж", "\u2028\ud83d\udc4b",
    ];

    private static readonly long[] Edges =
    [
        0, 1, 127, 128, 255, 256, 32_767, 32_768, 65_535, 65_536, int.MaxValue, int.MaxValue + 1L, uint.MaxValue, uint.MaxValue + 1L,
        -1, -32, -33, -128, -129, -32_768, -32_769, int.MinValue, int.MinValue - 1L, SafeInteger, -SafeInteger,
    ];

    private const long SafeInteger = 9_007_199_254_740_991;
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>Every shape of the contract: those that its JSON names (pages of each kind among them), and those inside these.</summary>
    public static IEnumerable<Type> Shapes => typeof(ContractJson).GetCustomAttributesData()
        .Where(attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
        .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!)
        .Union(typeof(ContractJson).Assembly.GetExportedTypes()
            .Where(type => !type.ContainsGenericParameters && ContractJson.Default.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Object }));

    public object Create(Type type)
    {
        if (type == typeof(string))
            return Text();
        if (type == typeof(bool))
            return random.Next(2) == 0;
        if (type == typeof(long))
            return Edges[random.Next(Edges.Length)];
        if (type == typeof(int))
            return (int)Math.Clamp(Edges[random.Next(Edges.Length)], int.MinValue, int.MaxValue);
        if (type == typeof(DateTimeOffset))
            return new DateTimeOffset(random.NextInt64(DateTime.MaxValue.Ticks), TimeSpan.Zero);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length))!;
        if (type == typeof(IReadOnlyDictionary<string, string>))
            return Enumerable.Range(0, random.Next(4)).ToDictionary(i => $"{i}{Text()}", _ => Text());
        return type.IsInterface ? List(type.GetGenericArguments()[0]) : Shape(type);
    }

    private object Shape(Type type)
    {
        var shape = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.CanWrite)
                property.SetValue(shape, MayBeAbsent(property) && random.Next(2) == 0 ? null : Create(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));
        }

        return shape;
    }

    private Array List(Type item)
    {
        var list = Array.CreateInstance(item, random.Next(10) == 0 ? 17 : random.Next(4));
        for (var i = 0; i < list.Length; i++)
            list.SetValue(Create(item), i);
        return list;
    }

    private string Text() => random.Next(100) switch
    {
        < 10 => new string((char)random.Next(' ', 0xd7ff), random.Next(1, 300)),
        10 => new string('x', random.Next(70_000)),
        _ => Texts[random.Next(Texts.Length)],
    };

    private static bool MayBeAbsent(PropertyInfo property)
    {
        lock (Nullability)
            return Nullability.Create(property).ReadState is NullabilityState.Nullable;
    }
}
