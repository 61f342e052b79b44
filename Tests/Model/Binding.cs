using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatHub.Contracts;
using ChatHub.Tests.Model.Reference;

namespace ChatHub.Tests.Model;

/// <summary>Which of the server's ids stand for which of the model's: bound where they first meet, and held to it from then on.</summary>
internal sealed partial class Binding
{
    private readonly Dictionary<string, string> _real;
    private readonly Dictionary<string, string> _placeholders;

    public Binding() => (_real, _placeholders) = ([], []);

    private Binding(Binding other) => (_real, _placeholders) = (new(other._real), new(other._placeholders));

    public Binding Copy() => new(this);

    /// <summary>The server's id; what was never bound stays as it is, and exists nowhere.</summary>
    public string? Real(string? placeholder) => placeholder is null ? null : _real.GetValueOrDefault(placeholder, placeholder);

    /// <summary>An input with the server's ids.</summary>
    public TInput Real<TInput>(TInput input) => (TInput)(object)(input switch
    {
        DeleteRequestsInput many => many with { RequestIds = many.RequestIds?.Select(id => Real(id)!).ToList(), UpToRequestId = Real(many.UpToRequestId) },
        RequestInput request => request with { RequestId = Real(request.RequestId) },
        ConversationInput chat => chat with { ConversationId = Real(chat.ConversationId) },
        SendMessageInput message => message with { ConversationId = Real(message.ConversationId) },
        EditMessageInput edit => edit with { ConversationId = Real(edit.ConversationId) },
        RemoveMessageInput removal => removal with { ConversationId = Real(removal.ConversationId) },
        ReactInput reaction => reaction with { ConversationId = Real(reaction.ConversationId) },
        UpdateConversationInput view => view with { ConversationId = Real(view.ConversationId) },
        ClearConversationInput clearing => clearing with { ConversationId = Real(clearing.ConversationId) },
        MarkSeenInput mark => mark with { ConversationId = Real(mark.ConversationId) },
        _ => (object)input!,
    });

    /// <summary>A text with the model's names for things.</summary>
    public string Readable(string text) => _placeholders.Aggregate(text, (t, bound) => t.Replace(bound.Key, bound.Value, StringComparison.Ordinal));

    /// <summary>Where the two differ; null if nowhere.</summary>
    public string? Difference(object? expected, object? actual)
    {
        if (expected?.GetType() != actual?.GetType() && (expected is IVersioned || actual is IVersioned))
            return $"expected {Describe(expected)}\n  but got {Describe(actual)}";
        // Mostly they are the same, which two texts show at once.
        if (Text(expected) is { } wanted && KnownPlaceholder().Replace(wanted, match => Real(match.Value)!) == Text(actual))
            return null;
        var path = Difference(Node(expected), Node(actual), "");
        return path is null ? null : $"{path}\n  expected {Describe(expected)}\n  but got  {Describe(actual)}";
    }

    /// <summary>The same, for a call: the answer, or the refusal's code and wait.</summary>
    public string? Difference(Outcome expected, CallResult actual)
    {
        var (wanted, got) = (Describe(expected.Code, expected.RetryAfter), Describe(actual.Refusal?.Code, actual.Refusal?.RetryAfterSeconds));
        return wanted == got ? Difference(expected.Answer, actual.Answer)
            : $"expected {wanted ?? Describe(expected.Answer)}\n  but got {(got is null ? Describe(actual.Answer) : $"{got} ({actual.Refusal!.Message})")}";
    }

    public static string Describe(object? value) => value is null ? "nothing" : $"{value.GetType().Name} {Text(value)}";

    private static string? Describe(string? code, int? retryAfter) => code is null ? null : $"{code};{retryAfter}";

    private string? Difference(JsonNode? expected, JsonNode? actual, string path)
    {
        switch (expected, actual)
        {
            case (JsonObject e, JsonObject a):
                return e.Select(p => p.Key).Union(a.Select(p => p.Key)).Select(key => Difference(e[key], a[key], key, $"{path}.{key}")).FirstOrDefault(d => d is not null);
            case (JsonArray e, JsonArray a) when e.Count == a.Count:
                return e.Zip(a).Select((pair, i) => Difference(pair.First, pair.Second, $"{path}[{i}]")).FirstOrDefault(d => d is not null);
            case (JsonValue e, JsonValue a) when e.ToJsonString() is var wanted && wanted.StartsWith($"\"{World.Placeholder}", StringComparison.Ordinal):
                return Bind(wanted.Trim('"'), a.ToJsonString().Trim('"')) ? null : $"{path}: {wanted} is bound otherwise than to {a}";
            default:
                return expected?.ToJsonString() == actual?.ToJsonString() ? null : $"{path}: expected {expected?.ToJsonString() ?? "nothing"} but got {actual?.ToJsonString() ?? "nothing"}";
        }
    }

    // Who is online when is a matter of connections, which the model has none of: it knows only who may see it.
    private string? Difference(JsonNode? expected, JsonNode? actual, string key, string path) => key switch
    {
        "isOnline" => (expected is null) == (actual is null) ? null : $"{path}: presence is {(actual is null ? "hidden" : "shown")}",
        "lastSeenAt" => null,
        _ => Difference(expected, actual, path),
    };

    private bool Bind(string placeholder, string real)
    {
        if (_real.TryGetValue(placeholder, out var bound))
            return bound == real;
        if (!_placeholders.TryAdd(real, placeholder))
            return false;
        _real.Add(placeholder, real);
        return true;
    }

    private static string? Text(object? value) => value is null ? null : JsonSerializer.Serialize(value, value.GetType(), ContractJson.Default);

    [GeneratedRegex("model:[a-z]+:[0-9]+")]
    private static partial Regex KnownPlaceholder();

    private static JsonNode? Node(object? value) => value is null ? null : JsonSerializer.SerializeToNode(value, value.GetType(), ContractJson.Default);
}
