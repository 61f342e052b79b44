using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatHub.Terminal.Rendering;

/// <summary>Output for programs, one JSON object a line.</summary>
internal static class JsonText
{
    /// <summary><c>{"text": …, "at": …}</c>: what a person would read.</summary>
    public static string Of(Line line, DateTimeOffset? at)
    {
        var json = new JsonObject { ["text"] = string.Concat(line.Spans.Select(span => span.Text)) };
        if (at is { } instant)
            json["at"] = instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        return json.ToJsonString();
    }

    /// <summary><c>{"event": name, "content": …}</c>: an update with its objects as they are on the wire; no content for a change of the connection.</summary>
    public static string OfEvent(string name, object content)
    {
        var json = new JsonObject { ["event"] = name };
        if (content is not Enum)
            json["content"] = JsonSerializer.SerializeToNode(content, UpdateJson.WireOptions.GetTypeInfo(content.GetType()));
        return json.ToJsonString();
    }
}
