using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatHub.Contracts;
using ChatHub.Tests.Protocol.Support;
using Microsoft.AspNetCore.SignalR.Protocol;
using Xunit;

namespace ChatHub.Tests.Protocol;

/// <summary>Objects as maps: names in any order and case, unknown ones, absent ones; and types that only JSON knows how to handle.</summary>
public sealed class ShapeTests
{
    [Theory]
    [InlineData("""{"conversationId":"c","text":"t","clientId":"i"}""")]
    [InlineData("""{"clientId":"i","text":"t","conversationId":"c"}""")]
    [InlineData("""{"ConversationId":"c","TEXT":"t","clientID":"i"}""")]
    [InlineData("""{"new":{"a":[1,2,{"b":null}]},"conversationId":"c","other":[[]],"text":"t","clientId":"i"}""")]
    [InlineData("""{"text":"first","conversationId":"c","text":"t","clientId":"i"}""")]
    public void Property_in_any_order_and_case_is_found(string json) =>
        Assert.Equal(new SendMessageInput { ConversationId = "c", Text = "t", ClientId = "i" }, Read<SendMessageInput>(json));

    [Fact]
    public void Property_nil_or_absent_is_null()
    {
        Assert.Equal(new PageInput(), Read<PageInput>("""{"cursor":null,"limit":null}"""));
        Assert.Equal(new PageInput(), Read<PageInput>("{}"));
        Assert.Null(Read<PageInput>("null"));
    }

    [Fact]
    public void Enum_value_not_known_reads_as_Unknown()
    {
        Assert.Equal(WireEnumConverter<ReportReason>.Unknown, Read<ReportInput>("""{"reason":"boredom"}""")!.Reason);
        Assert.Equal(WireEnumConverter<ReportReason>.Unknown, Read<ReportInput>("""{"reason":7}""")!.Reason);
        Assert.Equal(ReportReason.MinorSafety, Read<ReportInput>("""{"reason":"minorSafety"}""")!.Reason);
    }

    [Theory]
    [InlineData("""{"epoch":"e"}""")]
    [InlineData("""{"epoch":"e","version":null}""")]
    [InlineData("""{"epoch":"e","version":"1"}""")]
    [InlineData("[]")]
    [InlineData("7")]
    public void Shape_with_a_required_property_missing_or_wrong_fails_its_call(string json) =>
        Assert.NotNull(((CompletionMessage)Reread(json, typeof(Position))).Error);

    [Fact]
    public void Value_that_JSON_refuses_is_refused_and_leaves_nothing_written()
    {
        var output = new ArrayBufferWriter<byte>();
        var message = CompletionMessage.WithResult("1", new MessageButton { State = (ButtonState)99 });
        var failure = Assert.ThrowsAny<Exception>(() => HubProtocols.Pack.WriteMessage(message, output));
        Assert.IsType<JsonException>(failure.GetBaseException());
        Assert.Equal(0, output.WrittenCount);
    }

    public static TheoryData<object> Others =>
    [
        Guid.Parse("019c1f4e-7a3b-7cc1-9a4f-2b8d6e5f1a20"), new DateOnly(2026, 11, 22), 12.345m, 'x', new Uri("https://a.example/b?c=d"), TimeSpan.FromMinutes(90),
        (byte)200, (short)-3, ulong.MaxValue, 1.5f, 0.1, new byte[] { 1, 2, 3 }, new[] { 1, 2, 3 }, new List<string> { "a", "b" }, new HashSet<int> { 4 },
        new Dictionary<string, int[]> { ["a"] = [1], ["b c"] = [] }, new Dictionary<int, string> { [7] = "x" }, DayOfWeek.Friday, new DateTime(2026, 11, 22, 8, 0, 0, DateTimeKind.Utc),
        new Positional("a", 2), new Mutable { Name = "n", Inner = new Mutable { Name = "m" } }, new Renamed { Value = 3, Hidden = 4 }, new Plain<Figure> { Item = new Circle { Radius = 2 } },
        new Point { X = 1, Y = 2 }, new Wide(), new Plain<DayOfWeek?>(), new Plain<object> { Item = "any" }, new Numbers { AsText = 5 },
    ];

    [Theory, MemberData(nameof(Others))]
    public void Type_beyond_the_contract_is_carried_as_in_JSON(object value)
    {
        var message = CompletionMessage.WithResult("1", value);
        var binder = new OneTypeBinder(value.GetType());
        var json = (CompletionMessage)HubProtocols.OpenJson.Parse(HubProtocols.OpenJson.GetMessageBytes(message), binder);
        var pack = (CompletionMessage)HubProtocols.OpenPack.Parse(HubProtocols.OpenPack.GetMessageBytes(message), binder);
        Assert.Null(pack.Error);
        Assert.Equal(json.Result?.GetType(), pack.Result?.GetType());
        Assert.Equal(HubProtocols.Describe(json), HubProtocols.Describe(pack));
    }

    [Fact]
    public void Value_that_contains_itself_is_refused_before_the_stack_is_exhausted()
    {
        var endless = new Mutable { Name = "n" };
        endless.Inner = endless;
        Assert.ThrowsAny<Exception>(() => HubProtocols.OpenPack.GetMessageBytes(CompletionMessage.WithResult("1", endless)));
    }

    private static T? Read<T>(string json)
    {
        var message = (CompletionMessage)Reread(json, typeof(T));
        Assert.Null(message.Error);
        return (T?)message.Result;
    }

    // The JSON as MessagePack, name for name, duplicates included, and that read as the type.
    private static HubMessage Reread(string json, Type type)
    {
        var value = JsonSerializer.Deserialize<JsonElement>(json);
        return HubProtocols.OpenPack.Parse(HubProtocols.OpenPack.GetMessageBytes(CompletionMessage.WithResult("1", value)), new OneTypeBinder(type));
    }

    private sealed record Positional(string Name, int Count);

    private sealed class Mutable
    {
        public string? Name { get; set; }
        public Mutable? Inner { get; set; }
        public string Computed => $"{Name}!";
    }

    private sealed class Renamed
    {
        [JsonPropertyName("v")]
        public int Value { get; set; }

        [JsonIgnore]
        public int Hidden { get; set; }
    }

    [JsonDerivedType(typeof(Circle), "circle")]
    private abstract class Figure;

    private sealed class Circle : Figure
    {
        public int Radius { get; set; }
    }

    private struct Point
    {
        public int X { get; set; }
        public int Y { get; set; }
    }

    private sealed class Plain<T>
    {
        public T? Item { get; set; }
    }

    private sealed class Numbers
    {
        [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
        public int AsText { get; set; }
    }

    // More properties than the shortest map head counts.
    private sealed class Wide
    {
        public int A { get; set; }
        public int B { get; set; }
        public int C { get; set; }
        public int D { get; set; }
        public int E { get; set; }
        public int F { get; set; }
        public int G { get; set; }
        public int H { get; set; }
        public int I { get; set; }
        public int J { get; set; }
        public int K { get; set; }
        public int L { get; set; }
        public int M { get; set; }
        public int N { get; set; }
        public int O { get; set; }
        public int P { get; set; }
        public int Q { get; set; }
    }
}
