using ChatHub.Client.Updates;
using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>
/// One user's messenger that loses nothing: <see cref="Updates"/> delivers every change once and in order, whatever
/// happens to the connection, and <see cref="Outbox"/> delivers every message to the server once. It connects by itself
/// until it is disposed. Thread-safe.
/// </summary>
public sealed class ChatHubMessenger : IAsyncDisposable
{
    private readonly ChatHubMessengerOptions _options;
    private readonly ChatHubClient _client;
    private readonly SignalQueue _signals = new();
    private readonly UpdateLoop _loop;
    private readonly CancellationTokenSource _stopping = new();
    private Task? _running;
    private int _readers;

    /// <summary>Creates the messenger; <see cref="Start"/> connects it.</summary>
    /// <param name="options">The server, the user, the timeouts and the outbox.</param>
    public ChatHubMessenger(ChatHubMessengerOptions options)
    {
        _options = options;
        _client = new ChatHubClient(options, reconnects: true);
        _client.Attach(_signals, _signals.PostChange);
        _client.StateChanged += OnStateChanged;
        var caller = new RetryingCaller(Hub.WithCancellation, _client.Monitor, options.Backoff, options.TimeProvider);
        _loop = new UpdateLoop(caller, _signals, options.ReplayUnseen, options.TimeProvider);
        Outbox = new Outbox(caller, options, _stopping.Token);
    }

    /// <summary>The server's methods. What their results change is delivered by <see cref="Updates"/>, too.</summary>
    public HubCalls Hub => _client.Hub;

    /// <summary>Messages on their way to the server.</summary>
    public Outbox Outbox { get; }

    /// <summary>The state of the connection.</summary>
    public ConnectionState State => _client.State;

    /// <summary>The user's id, known once the first update is delivered.</summary>
    /// <exception cref="InvalidOperationException">No update was delivered yet.</exception>
    public string UserId => _loop.UserId ?? throw new InvalidOperationException("Not known before the first update.");

    /// <summary>Raised when the connection is established, breaks, or is established again. Handlers must not block or throw.</summary>
    public event Action<ConnectionState>? StateChanged;

    /// <summary>
    /// Everything that changes for the user, beginning with the inbox as it is at the start;
    /// <see cref="InboxState.Apply"/> turns it into lists. To be enumerated once, in one place. While it is not read,
    /// changes stay on the server. It ends when the messenger is disposed.
    /// </summary>
    /// <exception cref="ChatHubException">While enumerating: the server refuses the access token (<c>unauthenticated</c>).</exception>
    /// <exception cref="InvalidOperationException">It is enumerated already.</exception>
    public IAsyncEnumerable<Update> Updates => Interlocked.Exchange(ref _readers, 1) == 0
        ? _loop.Updates.ReadAllAsync()
        : throw new InvalidOperationException("The updates are being read already.");

    /// <summary>Begins to connect, and to send what an earlier run left in the outbox. Does not wait for the server.</summary>
    /// <exception cref="IOException">The outbox's file cannot be opened, or another messenger has it open.</exception>
    /// <exception cref="InvalidOperationException">It was started already.</exception>
    public void Start()
    {
        if (_running is not null)
            throw new InvalidOperationException("The messenger was started already.");
        Outbox.Open();
        _running = Task.WhenAll(StayConnectedAsync(), _loop.RunAsync(_stopping.Token));
    }

    /// <summary>Waits until there is a connection.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ChatHubException">The server refuses the access token (<c>unauthenticated</c>).</exception>
    public Task WaitForConnectionAsync(CancellationToken cancellationToken = default) => _client.Monitor.WaitForConnectionAsync(cancellationToken);

    /// <summary>Closes the connection and completes the updates. Unsent messages stay in the outbox's file, if it has one.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _client.DisposeAsync().ConfigureAwait(false);
        if (_running is not null)
            await _running.ConfigureAwait(false);
        ((IDisposable)Outbox).Dispose();
        _stopping.Dispose();
    }

    /// <summary>The client reconnects by itself; this establishes the first connection, and another after a close.</summary>
    private async Task StayConnectedAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            Exception? failure = null;
            try
            {
                var closed = _client.Monitor.NextClosed;
                await _client.ConnectAsync(_stopping.Token).ConfigureAwait(false);
                await closed.WaitAsync(_stopping.Token).ConfigureAwait(false);
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (RetryingCaller.IsTransient(e))
            {
                failure = e;
            }
            catch (Exception e)
            {
                // The update loop may be waiting for signals: this makes it call the server, which fails with the reason.
                _client.Monitor.Fail(e);
                _signals.Post(new Signal.Connected());
                return;
            }

            await DelayAsync(_client.Backoff.NextAfter(failure)).ConfigureAwait(false);
        }
    }

    private async Task DelayAsync(TimeSpan delay) =>
        await Task.Delay(delay, _options.TimeProvider, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void OnStateChanged(ConnectionState state)
    {
        if (state == ConnectionState.Connected)
            _signals.Post(new Signal.Connected());
        StateChanged?.Invoke(state);
    }
}
