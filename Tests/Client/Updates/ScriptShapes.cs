using System.Text.Json;
using System.Text.Json.Nodes;
using ChatHub.Contracts;

namespace ChatHub.Tests.Client.Updates;

/// <summary>Fills what a script leaves out with sample values, by the name of the property that holds the object.</summary>
internal sealed class ScriptShapes(JsonObject shapes)
{
    private static readonly Dictionary<string, string> ShapeOfProperty = new()
    {
        ["badges"] = "badges",
        ["me"] = "me",
        ["request"] = "request",
        ["acceptedRequest"] = "request",
        ["withdrawnRequest"] = "request",
        ["requests"] = "request",
        ["message"] = "message",
        ["lastMessage"] = "message",
        ["items"] = "message",
        ["conversation"] = "conversation",
        ["conversations"] = "conversation",
    };

    public T Read<T>(JsonNode? value, string? shape = null) => (T)Read(typeof(T), value, shape);

    public object Read(Type type, JsonNode? value, string? shape = null) =>
        Complete(value ?? new JsonObject(), shape).Deserialize(ContractJson.Default.GetTypeInfo(type)!)!;

    private JsonObject Complete(JsonNode value, string? shape)
    {
        var all = (shape is null ? [] : shapes[shape]!.AsObject()).ToDictionary(property => property.Key, property => property.Value);
        foreach (var (name, child) in value.AsObject())
            all[name] = child;
        return new(all.Select(property => KeyValuePair.Create(property.Key, CompleteProperty(property.Key, property.Value))));
    }

    private JsonNode? CompleteProperty(string name, JsonNode? value) => ShapeOfProperty.TryGetValue(name, out var shape)
        ? value is JsonArray items ? new JsonArray([.. items.Select(item => Complete(item!, shape))]) : Complete(value!, shape)
        : value?.DeepClone();
}
