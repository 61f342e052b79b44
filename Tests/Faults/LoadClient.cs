using ChatHub.Client;
using ChatHub.Client.Updates;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>An application on the SDK: it hands messages to its outbox, and records every message that it receives.</summary>
internal sealed class LoadClient : IAsyncDisposable
{
    private const int Ahead = 10;

    private readonly ChatHubMessenger _messenger;
    private readonly List<Message> _received = [];
    private readonly Dictionary<(string ConversationId, long Seq), Message> _latest = [];
    private readonly List<OutboxItem> _handedOver = [];
    private readonly ReceivedQueue<Update> _updates = new();
    private readonly Task _reading;
    private volatile OutboxItem? _last;

    private LoadClient(Account account, Uri server, params Uri[] others)
    {
        _messenger = new(new()
        {
            ServerAddress = server,
            OtherServerAddresses = others,
            AccessTokenProvider = _ => new(account.Token),
            // Soon, so that many faults fit into a test.
            InitialRetryDelay = TimeSpan.FromMilliseconds(50),
            MaxRetryDelay = TimeSpan.FromMilliseconds(300),
        });
        _messenger.Start();
        _reading = ReadAsync();
    }

    public static async Task<LoadClient> StartAsync(Account account, Uri server, params Uri[] others)
    {
        var client = new LoadClient(account, server, others);
        while (await client._updates.NextAsync() is not InboxReady)
        {
        }

        return client;
    }

    /// <summary>The application's own calls.</summary>
    public HubCalls Hub => _messenger.Hub;

    /// <summary>Everything that was handed over, in order; each text says whose and which it is.</summary>
    public IReadOnlyList<string> Said => [.. _handedOver.Select(item => item.Text)];

    /// <summary>What was handed over last, acknowledged.</summary>
    public Task<MessageReceived> LastSent => _last?.Sent ?? throw new InvalidOperationException("Nothing was said yet.");

    /// <summary>Sends, with a few messages unacknowledged at a time, until it is stopped.</summary>
    /// <param name="conversationId">Where.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="pause">Between two messages.</param>
    /// <param name="limit">How long one message may take.</param>
    public async Task SendUntilAsync(string conversationId, Task stop, TimeSpan pause, TimeSpan limit)
    {
        while (!stop.IsCompleted)
        {
            _handedOver.Add(_last = _messenger.Outbox.Send(conversationId, $"{_messenger.UserId} {_handedOver.Count}"));
            if (_handedOver.Count >= Ahead)
                await _handedOver[^Ahead].Sent.WaitAsync(limit, TestTimeouts.Token);
            if (pause > TimeSpan.Zero)
                await Task.WhenAny(stop, Task.Delay(pause, TestTimeouts.Token));
        }

        await Task.WhenAll(_handedOver.Select(item => item.Sent)).WaitAsync(limit, TestTimeouts.Token);
    }

    public Task<Update> NextAsync() => _updates.NextAsync();

    /// <summary>Waits until so many messages were received.</summary>
    public Task ReceivedAsync(string conversationId, int count) => ReceivedAsync(conversationId, count, TestTimeouts.Limit);

    /// <summary>The same; throws when no update comes for so long.</summary>
    public async Task ReceivedAsync(string conversationId, int count, TimeSpan timeout)
    {
        try
        {
            while (Received(conversationId).Count < count)
                await _updates.NextAsync(timeout);
        }
        catch (OperationCanceledException) when (!TestTimeouts.Token.IsCancellationRequested)
        {
            throw new TimeoutException($"Only {Received(conversationId).Count} of {count} messages were received.");
        }
    }

    /// <summary>The received messages, in the order of their updates.</summary>
    public IReadOnlyList<Message> Received(string conversationId)
    {
        lock (_received)
            return [.. _received.Where(message => message.ConversationId == conversationId)];
    }

    /// <summary>The valid version of each received message of a conversation, in its order.</summary>
    public IReadOnlyList<Message> Latest(string conversationId)
    {
        lock (_received)
            return [.. _latest.Values.Where(message => message.ConversationId == conversationId).OrderBy(message => message.Seq)];
    }

    /// <summary>Waits until the conversation's change was received.</summary>
    public async Task ChangedAsync(string conversationId, long change)
    {
        while (Latest(conversationId).Max(message => message.Change) < change)
            await _updates.NextAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _messenger.DisposeAsync();
        await _reading.WaitAsync(TestTimeouts.Limit, TestContext.Current.CancellationToken);
    }

    private async Task ReadAsync()
    {
        await foreach (var update in _messenger.Updates)
        {
            Record(update);
            _updates.Add(update);
        }
    }

    private void Record(Update update)
    {
        var message = (update as MessageUpdate)?.Message ?? (update as MessageChangedUpdate)?.Message;
        if (message is null)
            return;
        lock (_received)
        {
            if (update is MessageUpdate)
                _received.Add(message);
            var key = (message.ConversationId, message.Seq);
            _latest[key] = _latest.TryGetValue(key, out var other) ? LastChangeRule.Newer(other, message) : message;
        }
    }
}
