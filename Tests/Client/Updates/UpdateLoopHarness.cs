using ChatHub.Client;
using ChatHub.Client.Transport;
using ChatHub.Client.Updates;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.Client.Updates;

/// <summary>An update loop on the model server; the test plays the connection.</summary>
internal sealed class UpdateLoopHarness : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly SignalQueue _signals = new();
    private readonly ConnectionMonitor _connection = new(reconnects: true);
    private readonly UpdateLoop _loop;
    private readonly Task _running;

    public UpdateLoopHarness(IChatHub hub, Backoff backoff, bool replayUnseen = false)
    {
        var time = new FastTime();
        _loop = new UpdateLoop(new RetryingCaller(_ => hub, _connection, backoff, time), _signals, replayUnseen, time);
        _running = _loop.RunAsync(_stopping.Token);
    }

    /// <summary>Whether the model server changes no more.</summary>
    public bool HasEnded { get; private set; }

    public IAsyncEnumerable<Update> Updates => _loop.Updates.ReadAllAsync(TestTimeouts.Token);

    public void Deliver(IVersioned change) => _signals.PostChange(change);

    public void Deliver(Position position) => _signals.Post(new Signal.PositionReceived(position));

    public void Disconnect() => _connection.Set(ConnectionState.Reconnecting);

    public void Connect()
    {
        _connection.Set(ConnectionState.Connected);
        _signals.Post(new Signal.Connected());
    }

    public void End()
    {
        HasEnded = true;
        // Wakes a reader that has reached the final state already.
        _signals.Post(new Signal.Transient(new TypingUpdate("chat 0", "peer")));
    }

    /// <summary>Applies updates until one fulfils the condition.</summary>
    public async Task ReadUntilAsync(RecordingApplication application, Predicate<Update> condition)
    {
        await foreach (var update in Updates)
        {
            application.Apply(update);
            if (condition(update))
                return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }
}
