using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using ChatHub.Contracts;

namespace ChatHub.Tests.Docs.AsyncApi;

/// <summary>JSON schemas of the contract's shapes, one by name, from the metadata that the wire itself is written by.</summary>
internal sealed class ContractSchemas(ContractDocumentation documentation)
{
    private readonly SortedDictionary<string, JsonNode?> _schemas = new(StringComparer.Ordinal);

    public void Add(string name, JsonObject schema) => _schemas.Add(name, schema);

    public JsonObject Write() => [.. _schemas];

    /// <summary>A reference to the type's schema, which is added where it is new.</summary>
    public JsonObject RefTo(Type type)
    {
        var name = NameOf(type);
        if (_schemas.TryAdd(name, null))
        {
            var schema = ContractJson.Default.Options.GetJsonSchemaAsNode(
                type, new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = (context, node) => Describe(type, context, node) });
            if (documentation.Of(type) is { Length: > 0 } summary)
                schema["description"] = summary;
            _schemas[name] = schema;
        }

        return new() { ["$ref"] = $"#/components/schemas/{name}" };
    }

    private JsonObject Describe(Type root, JsonSchemaExporterContext context, JsonNode node)
    {
        var declared = context.TypeInfo.Type;
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        var isNullable = type != declared || (node is JsonObject { } given && given["type"] is JsonArray);
        var described = type == typeof(DateTimeOffset) ? Text(isNullable, "date-time")
            : type == typeof(int) || type == typeof(long) ? new() { ["type"] = TypeOf("integer", isNullable) }
            : type.IsEnum ? Enumeration(type, isNullable)
            : type.Assembly == typeof(IChatHub).Assembly && type != root ? Nested(type, isNullable)
            : node as JsonObject ?? [];
        if (context.PropertyInfo is { } property && documentation.Of(property.DeclaringType, property.Name) is { Length: > 0 } summary)
            described["description"] = summary;
        return described;
    }

    private JsonObject Nested(Type type, bool isNullable) =>
        isNullable ? new() { ["oneOf"] = new JsonArray(RefTo(type), new JsonObject { ["type"] = "null" }) } : RefTo(type);

    private static JsonObject Text(bool isNullable, string format) => new() { ["type"] = TypeOf("string", isNullable), ["format"] = format };

    private static JsonObject Enumeration(Type type, bool isNullable)
    {
        JsonArray values = [.. Enum.GetNames(type).Select(name => (JsonNode)(char.ToLowerInvariant(name[0]) + name[1..]))];
        if (isNullable)
            values.Add(null);
        return new() { ["type"] = TypeOf("string", isNullable), ["enum"] = values };
    }

    private static JsonNode TypeOf(string type, bool isNullable) => isNullable ? new JsonArray(type, "null") : type;

    private static string NameOf(Type type) =>
        type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}Of{NameOf(type.GetGenericArguments()[0])}" : type.Name;
}
