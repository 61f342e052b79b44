using System.Text.Json;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.Docs;

/// <summary>A client of the story that records its calls, their results and its events as examples.</summary>
public sealed class RecordingClient(string userId, RawHub hub, Examples examples) : IDisposable
{
    private int _nextId;

    public string Id => userId;

    public static async Task<RecordingClient> ConnectAsync(ITestServer server, Account account, Examples examples)
    {
        var client = new RecordingClient(account.Id, await RawHub.ConnectAsync(server, account.Token), examples);
        await client.ReceiveAsync(nameof(IChatClient.Position));
        return client;
    }

    /// <summary>Another device of the same user.</summary>
    public async Task<RecordingClient> AgainAsync(ITestServer server)
    {
        var client = new RecordingClient(userId, await RawHub.ConnectAsync(server, TestTokens.Make(userId, Account.FarAway)), examples);
        await client.ReceiveAsync(nameof(IChatClient.Position));
        return client;
    }

    /// <summary>The result; an error only if the example is one.</summary>
    public async Task<JsonElement> CallAsync(string method, object input, string? example = null)
    {
        var id = $"{++_nextId}";
        var argument = JsonSerializer.Serialize(input, ContractJson.Default.Options.GetTypeInfo(input.GetType()));
        await hub.SendAsync($$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":[{{argument}}]}""");
        var answer = await ReadUntilAsync(message => message.GetProperty("type").GetInt32() == 3 && message.GetProperty("invocationId").GetString() == id);
        var isError = answer.TryGetProperty("error", out var error);
        if (isError && example is null)
            throw new InvalidOperationException($"{method}: {error}");
        examples.Add(example ?? method, $"{method}({argument})", isError ? error : answer.GetProperty("result"));
        return isError ? error : answer.GetProperty("result");
    }

    /// <summary>The next event of this kind; earlier ones are recorded too.</summary>
    public async Task<JsonElement> ReceiveAsync(string e) => (await ReadUntilAsync(message =>
        message.GetProperty("type").GetInt32() == 1 && message.GetProperty("target").GetString() == e)).GetProperty("arguments")[0];

    public void Dispose() => hub.Dispose();

    // Pings come all the time: the whole search has an end.
    private Task<JsonElement> ReadUntilAsync(Func<JsonElement, bool> isIt) => SearchAsync(isIt).SoonAsync();

    private async Task<JsonElement> SearchAsync(Func<JsonElement, bool> isIt)
    {
        while (await hub.ReceiveAsync() is { } message)
        {
            if (message.GetProperty("type").GetInt32() == 1)
                examples.Add(message.GetProperty("target").GetString()!, null, message.GetProperty("arguments")[0]);
            if (isIt(message))
                return message;
        }

        throw new InvalidOperationException("The server closed the connection.");
    }
}
