using System.Text.Json;
using ChatHub.Contracts;
using ChatHub.Tests.Protocol.Support;
using Microsoft.AspNetCore.SignalR.Protocol;
using Xunit;

namespace ChatHub.Tests.Protocol;

/// <summary>A value carried by MessagePack is the one that JSON carries.</summary>
public sealed class DifferentialTests
{
    private const int ValuesPerShape = 250;

    public static TheoryData<Type> Shapes => [.. ContractValues.Shapes];

    [Theory, MemberData(nameof(Shapes))]
    public void Shape_written_reads_back_unchanged_and_as_through_JSON(Type shape)
    {
        var values = new ContractValues(new Random(shape.Name.Length));
        for (var i = 0; i < ValuesPerShape; i++)
        {
            var value = values.Create(shape);
            var expected = Json(value);
            Assert.Equal(expected, Json(Through(HubProtocols.Pack, value)));
            Assert.Equal(expected, Json(Through(HubProtocols.Json, value)));
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Shape_read_without_its_type_is_the_same_object_in_both_protocols(Type shape)
    {
        var values = new ContractValues(new Random(shape.Name.Length));
        for (var i = 0; i < ValuesPerShape; i++)
        {
            var value = values.Create(shape);
            var json = (JsonElement)Through(HubProtocols.OpenJson, value, typeof(JsonElement))!;
            var pack = (JsonElement)Through(HubProtocols.OpenPack, value, typeof(JsonElement))!;
            Assert.True(JsonElement.DeepEquals(json, pack), $"{json}\n{pack}");
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Shape_from_an_empty_map_has_the_defaults_of_JSON(Type shape)
    {
        // An empty map: what is required is missed, what is not has its default.
        var frame = HubProtocols.OpenPack.GetMessageBytes(Completion(new Dictionary<string, string>()));
        var expected = Outcome(() => JsonSerializer.Deserialize("{}", shape, Options));
        var read = (CompletionMessage)HubProtocols.Pack.Parse(frame, new OneTypeBinder(shape));
        Assert.Equal(expected, read.HasResult ? Json(read.Result!) : "refused");
    }

    private static readonly JsonSerializerOptions Options = ContractJson.Default.Options;

    private static string Json(object? value) => JsonSerializer.Serialize(value, value!.GetType(), Options);

    private static string Outcome(Func<object?> read)
    {
        try
        {
            return Json(read());
        }
        catch (JsonException)
        {
            return "refused";
        }
    }

    private static object? Through(IHubProtocol protocol, object value, Type? readAs = null)
    {
        var read = (CompletionMessage)protocol.Parse(protocol.GetMessageBytes(Completion(value)), new OneTypeBinder(readAs ?? value.GetType()));
        Assert.Null(read.Error);
        return read.Result;
    }

    private static CompletionMessage Completion(object value) => CompletionMessage.WithResult("1", value);
}
