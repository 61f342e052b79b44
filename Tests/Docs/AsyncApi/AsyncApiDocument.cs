using System.Reflection;
using System.Text.Json.Nodes;
using ChatHub.Contracts;

namespace ChatHub.Tests.Docs.AsyncApi;

/// <summary>
/// The hub as an AsyncAPI 3 document, made from the two interfaces that are the lists of its methods and events. A method is an
/// operation that the server receives and replies to, an event one that it sends.
/// </summary>
internal sealed class AsyncApiDocument
{
    private const string Channel = "#/channels/hub";

    private readonly ContractDocumentation _documentation = ContractDocumentation.Read();
    private readonly ContractSchemas _schemas;
    private readonly JsonObject _channelMessages = [];
    private readonly JsonObject _messages = [];
    private readonly JsonObject _operations = [];

    private AsyncApiDocument() => _schemas = new(_documentation);

    public static JsonObject Create() => new AsyncApiDocument().Write();

    private JsonObject Write()
    {
        foreach (var method in typeof(IChatHub).GetMethods())
            AddMethod(method);
        foreach (var e in typeof(IChatClient).GetMethods())
            AddEvent(e);
        _schemas.Add("ErrorCode", new()
        {
            ["type"] = "string",
            ["description"] = "A refused call completes with an error \"… HubException: code: sentence\", or \"code;retryAfter=SECONDS: sentence\" where waiting helps.",
            ["enum"] = Codes(),
        });
        return new()
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = Info(),
            ["defaultContentType"] = "application/json",
            ["servers"] = new JsonObject { ["local"] = Server() },
            ["channels"] = new JsonObject { ["hub"] = new JsonObject { ["address"] = Limits.HubPath, ["title"] = "The SignalR hub", ["messages"] = _channelMessages } },
            ["operations"] = _operations,
            ["components"] = new JsonObject { ["messages"] = _messages, ["schemas"] = _schemas.Write(), ["securitySchemes"] = SecuritySchemes() },
        };
    }

    private void AddMethod(MethodInfo method)
    {
        var result = method.ReturnType.GetGenericArguments()[0];
        var reply = $"{method.Name}.result";
        AddMessage(method.Name, method.GetParameters()[0].ParameterType);
        AddMessage(reply, result);
        _operations[method.Name] = new JsonObject
        {
            ["action"] = "receive",
            ["channel"] = Ref(Channel),
            ["summary"] = _documentation.Of(method),
            ["messages"] = new JsonArray(Ref($"{Channel}/messages/{method.Name}")),
            ["reply"] = new JsonObject { ["channel"] = Ref(Channel), ["messages"] = new JsonArray(Ref($"{Channel}/messages/{reply}")) },
        };
    }

    private void AddEvent(MethodInfo e)
    {
        AddMessage(e.Name, e.GetParameters()[0].ParameterType);
        _operations[e.Name] = new JsonObject
        {
            ["action"] = "send",
            ["channel"] = Ref(Channel),
            ["summary"] = _documentation.Of(e),
            ["messages"] = new JsonArray(Ref($"{Channel}/messages/{e.Name}")),
        };
    }

    private void AddMessage(string name, Type payload)
    {
        _messages[name] = new JsonObject { ["name"] = name, ["payload"] = _schemas.RefTo(payload) };
        _channelMessages[name] = Ref($"#/components/messages/{name}");
    }

    private static JsonObject Info() => new()
    {
        ["title"] = "ChatHub: hub",
        ["version"] = "1",
        ["description"] = "The live part: one SignalR hub, over the hub protocols json and messagepack with the same names and objects. A message's payload is the "
            + "one argument of the call or event; a method's reply is the result of its completion. docs/protocol.md says what each one means.",
        ["license"] = new JsonObject { ["name"] = "MIT" },
    };

    private static JsonObject Server() => new()
    {
        ["host"] = "localhost:5080",
        ["protocol"] = "ws",
        ["security"] = new JsonArray(Ref("#/components/securitySchemes/bearer"), Ref("#/components/securitySchemes/accessToken")),
    };

    private static JsonObject SecuritySchemes() => new()
    {
        ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" },
        ["accessToken"] = new JsonObject { ["type"] = "httpApiKey", ["in"] = "query", ["name"] = "access_token" },
    };

    private static JsonArray Codes() =>
        [.. typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (JsonNode)(string)field.GetRawConstantValue()!)];

    private static JsonObject Ref(string pointer) => new() { ["$ref"] = pointer };
}
