using ChatHub.Client.Updates;
using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>
/// One user's messenger, which never loses a thing: <see cref="Updates"/> tells every change once and in order, whatever
/// happens to the connection, and <see cref="Outbox"/> brings every message to the server once. Connects by itself, for
/// as long as it lives. Safe for use from several threads.
/// </summary>
public sealed class ChatHubMessenger : IAsyncDisposable
{
    private readonly ChatHubMessengerOptions _options;
    private readonly ChatHubClient _client;
    private readonly SignalQueue _signals = new();
    private readonly UpdatePump _pump;
    private readonly CancellationTokenSource _stopping = new();
    private Task? _running;
    private int _readers;

    public ChatHubMessenger(ChatHubMessengerOptions options)
    {
        _options = options;
        _client = new ChatHubClient(options, isKept: true);
        _client.Attach(_signals, _signals.Answered);
        _client.LinkChanged += OnLink;
        var calls = new EnduringCalls(Hub.WithCancellation, _client.Link, options.Backoff, options.TimeProvider);
        _pump = new UpdatePump(calls, _signals, options.ReplayUnseen, options.TimeProvider);
        Outbox = new Outbox(calls, options, _stopping.Token);
    }

    /// <summary>The server's methods. What their answers change is told by <see cref="Updates"/>, too.</summary>
    public HubCalls Hub => _client.Hub;

    /// <summary>Messages on their way to the server.</summary>
    public Outbox Outbox { get; }

    /// <summary>How the connection stands.</summary>
    public LinkState Link => _client.Link.State;

    /// <summary>Whose messenger this is: known when the first update is told.</summary>
    /// <exception cref="InvalidOperationException">The server has not told yet.</exception>
    public string UserId => _pump.UserId ?? throw new InvalidOperationException("Not known before the first update.");

    /// <summary>Raised when the connection is made, breaks, or is made again. Handlers must not block or throw.</summary>
    public event Action<LinkState>? LinkChanged;

    /// <summary>
    /// Everything that changes for the user, from the inbox as it is at the start. Read it to its end, once, in one place;
    /// while it is not read, updates wait at the server. It ends when the messenger is disposed.
    /// </summary>
    /// <exception cref="ChatHubException">While reading: the server refuses the access token (<c>unauthenticated</c>).</exception>
    /// <exception cref="InvalidOperationException">They are being read already.</exception>
    public IAsyncEnumerable<Update> Updates => Interlocked.Exchange(ref _readers, 1) == 0
        ? _pump.Updates.ReadAllAsync()
        : throw new InvalidOperationException("The updates are being read already.");

    /// <summary>Starts connecting, and sending what an earlier run has left in the outbox. Does not wait for the server.</summary>
    /// <exception cref="IOException">The outbox's file cannot be opened, or another messenger has it open.</exception>
    /// <exception cref="InvalidOperationException">It is started already.</exception>
    public void Start()
    {
        if (_running is not null)
            throw new InvalidOperationException("The messenger is started already.");
        Outbox.Open();
        _running = Task.WhenAll(StayConnectedAsync(), _pump.RunAsync(_stopping.Token));
    }

    /// <summary>Waits until there is a connection.</summary>
    /// <exception cref="ChatHubException">The server refuses the access token (<c>unauthenticated</c>).</exception>
    public Task WhenConnectedAsync(CancellationToken cancellationToken = default) => _client.Link.WhenConnectedAsync(cancellationToken);

    /// <summary>Ends the connection and the updates. What is left in the outbox stays in its file, if it has one.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _client.DisposeAsync().ConfigureAwait(false);
        if (_running is not null)
            await _running.ConfigureAwait(false);
        ((IDisposable)Outbox).Dispose();
        _stopping.Dispose();
    }

    /// <summary>The client reconnects by itself; this makes the first connection, and another when it was ended for good.</summary>
    private async Task StayConnectedAsync()
    {
        var failures = 0L;
        while (!_stopping.IsCancellationRequested)
        {
            Exception? failure = null;
            try
            {
                var closed = _client.Link.NextClosed;
                await _client.ConnectAsync(_stopping.Token).ConfigureAwait(false);
                failures = 0;
                await closed.WaitAsync(_stopping.Token).ConfigureAwait(false);
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (EnduringCalls.MayPass(e))
            {
                failure = e;
            }
            catch (Exception e)
            {
                // The pump may be waiting for signals: it finds the failure when it turns to the server.
                _client.Link.Fail(e);
                _signals.Post(new Signal.Connected());
                return;
            }

            await WaitAsync(_options.Backoff.NextAfter(failure, failures++)).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(TimeSpan wait) =>
        await Task.Delay(wait, _options.TimeProvider, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void OnLink(LinkState state)
    {
        if (state == LinkState.Connected)
            _signals.Post(new Signal.Connected());
        LinkChanged?.Invoke(state);
    }
}
