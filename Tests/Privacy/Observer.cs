using System.Text.Json;
using System.Text.RegularExpressions;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.Privacy;

/// <summary>
/// Records, byte for byte, all that one user receives: every response, and every event in its order. Ids and instants
/// are named in the order of their first appearance, so that two runs with other people compare.
/// </summary>
public sealed partial class Observer(Device user, RawHub hub, params Device[] others) : IDisposable
{
    private readonly List<string> _answers = [];
    private readonly List<string> _events = [];
    private int _nextId;

    /// <summary>The user's other connection, which shows when something has happened.</summary>
    public Device User => user;

    public static async Task<Observer> OfAsync(ITestServer server, Device user, params Device[] others) =>
        new(user, await RawHub.ConnectAsync(server, user.Account.Token), others);

    public async Task CallAsync(string method, object input)
    {
        var id = $"{++_nextId}";
        var argument = input as string ?? JsonSerializer.Serialize(input, ContractJson.Default.Options.GetTypeInfo(input.GetType()));
        await hub.SendAsync($$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":[{{argument}}]}""");
        await ReadUntilAsync(message => message.GetProperty("type").GetInt32() == 3 && message.GetProperty("invocationId").GetString() == id
            ? $"{method} {argument}\n  → {message.GetRawText()}"
            : null);
    }

    /// <summary>Everything that was received, once nothing more is on its way.</summary>
    public async Task<string> FinishAsync()
    {
        var end = UserActions.NewClientId();
        await user.Hub.UpdateProfile(new() { Bio = end });
        await ReadUntilAsync(message => message.GetRawText().Contains($"\"bio\":\"{end}\"", StringComparison.Ordinal) ? "the end" : null);
        return Normalise(string.Join('\n', [.. _answers, "EVENTS", .. _events]).Replace($"\"{end}\"", "\"END\"", StringComparison.Ordinal));
    }

    public void Dispose() => hub.Dispose();

    private async Task ReadUntilAsync(Func<JsonElement, string?> isAnswer)
    {
        while (await hub.ReceiveAsync() is { } message)
        {
            if (isAnswer(message) is { } answer)
            {
                _answers.Add(answer);
                return;
            }

            // Position comes by the clock of the server, and says what GetMe says.
            if (message.GetProperty("type").GetInt32() == 1 && message.GetProperty("target").GetString() != nameof(IChatClient.Position))
                _events.Add(message.GetRawText());
        }

        throw new InvalidOperationException("The server closed the connection before the answer.");
    }

    private string Normalise(string text)
    {
        foreach (var (person, index) in others.Prepend(user).Select((person, index) => (person, index)))
        {
            text = text.Replace(person.Id, $"USER{index}", StringComparison.Ordinal)
                .Replace(person.Account.Username, $"NAME{index}", StringComparison.Ordinal);
        }

        return Named(Instant(), "INSTANT", Named(Id(), "ID", Named(ClientId(), "CLIENT", text)));
    }

    private static string Named(Regex what, string name, string text)
    {
        var known = new Dictionary<string, string>();
        return what.Replace(text, match =>
            known.TryGetValue(match.Value, out var label) ? label : known[match.Value] = $"{name}{known.Count + 1}");
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Id();

    [GeneratedRegex("\"clientId\":\"c[0-9]+\"")]
    private static partial Regex ClientId();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")]
    private static partial Regex Instant();
}
