using System.Net.WebSockets;
using System.Text.Json;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.Shutdown;

/// <summary>
/// A hand-written client that sends messages without a pause, many at a time, ignores <c>ServerDraining</c>, and goes on
/// until it is asked to close its connection.
/// </summary>
internal sealed class BusyClient : IDisposable
{
    // More than the server carries out at a time for one connection: some always wait in its pipe.
    private const int InFlight = 40;

    private readonly RawHub _hub;
    private readonly string _name;
    private readonly string _conversationId;
    private readonly TaskCompletionSource _flowing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _sent;

    private BusyClient(RawHub hub, string name, string conversationId) => (_hub, _name, _conversationId) = (hub, name, conversationId);

    /// <summary>The clientIds of the calls that were answered with a message.</summary>
    public HashSet<string> Acknowledged { get; } = [];

    /// <summary>The errors of the calls that were refused.</summary>
    public List<string> Refused { get; } = [];

    public List<int> DrainNotices { get; } = [];

    /// <summary>The message that ended the connection, if there was one.</summary>
    public JsonElement? Close { get; private set; }

    /// <summary>When the first answers are there.</summary>
    public Task Flowing => _flowing.Task;

    public static async Task<BusyClient> ConnectAsync(ITestServer server, Account account, string conversationId) =>
        new(await RawHub.ConnectAsync(server, account.Token, window: null), account.Id, conversationId);

    public async Task RunAsync()
    {
        for (var i = 0; i < InFlight; i++)
            await SendAsync();
        while (Close is null && await _hub.ReceiveAsync() is { } message)
            await HandleAsync(message);
        _hub.Dispose();
    }

    public void Dispose() => _hub.Dispose();

    private async Task HandleAsync(JsonElement message)
    {
        switch (message.GetProperty("type").GetInt32())
        {
            case 1 when message.GetProperty("target").GetString() == nameof(IChatClient.ServerDraining):
                DrainNotices.Add(message.GetProperty("arguments")[0].GetProperty("reconnectWithinSeconds").GetInt32());
                break;
            case 3:
                if (message.TryGetProperty("error", out var error))
                    Refused.Add(error.GetString()!);
                else
                    Acknowledged.Add(message.GetProperty("invocationId").GetString()!);
                if (Acknowledged.Count == InFlight)
                    _flowing.TrySetResult();
                await SendAsync();
                break;
            case 7:
                Close = message;
                break;
        }
    }

    private async Task SendAsync()
    {
        var id = $"{_name}-{++_sent}";
        try
        {
            await _hub.CallAsync(id, "SendMessage", $$"""{"conversationId":"{{_conversationId}}","text":"{{id}}","clientId":"{{id}}"}""");
        }
        catch (WebSocketException)
        {
            // Closed meanwhile: the next receive says so.
        }
    }
}
