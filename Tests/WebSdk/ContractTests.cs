using System.Reflection;
using System.Text.Json;
using ChatHub.Contracts;
using Xunit;

namespace ChatHub.Tests.WebSdk;

/// <summary>What the server has on the wire, the web SDK declares; it may declare parts of the contract that the server has not yet.</summary>
public sealed class ContractTests
{
    private static readonly TypeScriptContract TypeScript = new();

    [Fact]
    public void Web_SDK_declares_every_method_with_its_input_and_result() => Assert.All(
        typeof(IChatHub).GetMethods(),
        method =>
        {
            var (input, result) = TypeScript.Method(method.Name);
            Assert.Equal(NameOf(method.ReturnType.GetGenericArguments()[0]), result);
            // A method's own input may be wider than one that it shared before.
            Assert.NotEqual("", input);
        });

    [Fact]
    public void Web_SDK_declares_every_event() => Assert.All(
        typeof(IChatClient).GetMethods(),
        method => Assert.Contains(method.Name, TypeScript.PropertiesOf("ChangeEvents").Concat(TypeScript.PropertiesOf("TransientEvents"))));

    [Fact]
    public void Web_SDK_declares_every_error_code() => Assert.Subset(
        TypeScript.ValuesOf("ServerErrorCode").ToHashSet(),
        typeof(ErrorCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToHashSet());

    [Theory]
    [MemberData(nameof(SharedShapes))]
    public void Web_SDK_declares_every_property_of_a_shape(string name)
    {
        var type = Shapes().Single(shape => shape.Name == name);
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => Wire(property.Name));

        Assert.Subset(TypeScript.PropertiesOf(name).ToHashSet(), properties.ToHashSet());
    }

    [Fact]
    public void Web_SDK_declares_every_value_of_an_enum()
    {
        var shared = Shapes().Where(type => type.IsEnum && TypeScript.ValuesOf(type.Name).Length > 0).ToList();

        Assert.InRange(shared.Count, 10, int.MaxValue);
        Assert.All(shared, type => Assert.Subset(TypeScript.ValuesOf(type.Name).ToHashSet(), Enum.GetNames(type).Select(Wire).ToHashSet()));
    }

    public static TheoryData<string> SharedShapes() => [.. Shapes().Where(type => !type.IsEnum).Select(type => type.Name).Intersect(TypeScript.Interfaces)];

    private static IEnumerable<Type> Shapes() => typeof(IChatHub).Assembly.GetExportedTypes().Where(type => !type.IsInterface && !type.IsGenericType);

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{type.GetGenericArguments()[0].Name}>"
        : type.Name;

    private static string Wire(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
