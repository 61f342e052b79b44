using ChatHub.Client;
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

    public async ValueTask DisposeAsync()
    {
        await _messenger.DisposeAsync();
        await _reading.WaitAsync(TestTimeouts.Limit, TestContext.Current.CancellationToken);
    }

    private async Task ReadAsync()
    {
        await foreach (var update in _messenger.Updates)
        {
            if (update is MessageUpdate { Message: var message })
            {
                lock (_received)
                    _received.Add(message);
            }

            _updates.Add(update);
        }
    }
}
