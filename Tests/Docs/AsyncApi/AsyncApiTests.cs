using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Docs.AsyncApi;

/// <summary>docs/asyncapi.json describes the hub as it is. CHATHUB_WRITE_EXAMPLES=1 writes it.</summary>
public sealed class AsyncApiTests
{
    private static readonly string File = Repository.File("docs", "asyncapi.json");
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    [Fact]
    public async Task Document_is_what_the_interfaces_of_the_hub_give()
    {
        var written = AsyncApiDocument.Create().ToJsonString(Layout) + "\n";
        if (Environment.GetEnvironmentVariable("CHATHUB_WRITE_EXAMPLES") == "1")
            await System.IO.File.WriteAllTextAsync(File, written, new UTF8Encoding(false), TestTimeouts.Token);
        else
            Assert.Equal(await System.IO.File.ReadAllTextAsync(File, TestTimeouts.Token), written);
    }

    [Fact]
    public async Task Each_method_is_received_and_replied_to_and_each_event_is_sent()
    {
        var operations = (await ReadAsync())["operations"]!.AsObject();

        Assert.Equal(Names(typeof(IChatHub)), OfAction("receive"));
        Assert.Equal(Names(typeof(IChatClient)), OfAction("send"));
        Assert.All(operations, operation =>
        {
            Assert.NotEmpty((string?)operation.Value!["summary"] ?? "");
            Assert.Equal((string?)operation.Value["action"] == "receive", operation.Value["reply"] is not null);
        });

        IEnumerable<string> OfAction(string action) =>
            operations.Where(operation => (string?)operation.Value!["action"] == action).Select(operation => operation.Key).Order();
    }

    [Fact]
    public async Task Every_reference_resolves_and_every_payload_has_a_described_schema()
    {
        var document = await ReadAsync();
        Assert.NotEmpty(References(document));
        Assert.All(References(document), pointer => Assert.NotNull(Resolve(document, pointer)));
        var schemas = document["components"]!["schemas"]!.AsObject();
        Assert.All(document["components"]!["messages"]!.AsObject(), message =>
            Assert.Equal("object", (string?)Resolve(document, (string)message.Value!["payload"]!["$ref"]!)!["type"]));
        // No schema says "anything".
        Assert.All(schemas, schema => Assert.True(schema.Value!["type"] is not null, schema.Key));
        Assert.All(schemas.SelectMany(schema => schema.Value!["properties"]?.AsObject().ToList() ?? []), property =>
            Assert.True(property.Value is JsonObject shape && (shape["type"] ?? shape["$ref"] ?? shape["oneOf"]) is not null, property.Key));
    }

    private static async Task<JsonNode> ReadAsync() => JsonNode.Parse(await System.IO.File.ReadAllTextAsync(File, TestTimeouts.Token))!;

    private static IEnumerable<string> Names(Type list) => list.GetMethods().Select(method => method.Name).Order();

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject shape => shape.SelectMany(member => member.Key == "$ref" ? [(string)member.Value!] : References(member.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    private static JsonNode? Resolve(JsonNode document, string pointer) =>
        pointer.Split('/').Skip(1).Aggregate<string, JsonNode?>(document, (node, name) => node?[name]);
}
