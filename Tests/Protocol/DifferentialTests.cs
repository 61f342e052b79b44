using System.Text.Json;
using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR.Protocol;
using Xunit;

namespace ChatHub.Tests.Protocol;

/// <summary>Whatever goes through MessagePack comes out as it would through JSON.</summary>
public sealed class DifferentialTests
{
    private const int ValuesPerShape = 250;

    public static TheoryData<Type> Shapes => [.. ContractValues.Shapes];

    [Theory, MemberData(nameof(Shapes))]
    public void A_shape_reads_back_as_it_was_and_as_JSON_reads_it(Type shape)
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
    public void A_client_that_knows_no_shapes_sees_the_same_objects_in_both(Type shape)
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
    public void Absent_values_leave_what_JSON_leaves(Type shape)
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
