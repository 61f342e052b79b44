using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatHub.Tests.Docs;

/// <summary>Examples by name, the first of each; what differs between two runs gets a stable name.</summary>
public sealed partial class Examples
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    private readonly List<(string Name, string Text)> _all = [];

    /// <param name="name">A method, an event, an endpoint, or a special case.</param>
    /// <param name="question">What was sent; null for an event.</param>
    /// <param name="answer">What came.</param>
    /// <param name="prefix">What comes before the answer: a status.</param>
    public void Add(string name, string? question, JsonElement? answer, string prefix = "")
    {
        if (_all.Exists(example => example.Name == name))
            return;
        var shown = answer is { } json ? JsonSerializer.Serialize(json, Indented) : "";
        _all.Add((name, question is null ? shown : $"{question}\n\n{prefix}{shown}".TrimEnd()));
    }

    public IReadOnlyDictionary<string, string> Named()
    {
        var ids = new Dictionary<string, string>();
        return _all.ToDictionary(example => example.Name, example => Token().Replace(
            Id().Replace(example.Text, match => ids.TryGetValue(match.Value, out var known)
                ? known
                : ids[match.Value] = $"01ab4c6d{ids.Count + 1:d24}"),
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9…")).ToDictionary(
                example => example.Key, example => PublicKey().Replace(Picture().Replace(Code().Replace(example.Value, "$1mQ3v9b0Xk2sYt7RzWc1LhA$2"), "$1UklGRi…$2"), "$1BNcRdreALRFX…$2"));
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Id();

    // 128 random bits.
    [GeneratedRegex(@"("")[\w-]{21}[AQgw]("")")]
    private static partial Regex Code();

    [GeneratedRegex(@"(""content"":"")[\w+/=]+("")")]
    private static partial Regex Picture();

    [GeneratedRegex(@"(""publicKey"": "")[\w-]{87}("")")]
    private static partial Regex PublicKey();

    [GeneratedRegex(@"eyJ[\w-]+\.[\w-]+\.[\w-]+")]
    private static partial Regex Token();
}
