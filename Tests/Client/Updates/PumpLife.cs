using ChatHub.Client;
using ChatHub.Client.Transport;
using ChatHub.Client.Updates;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.Client;

/// <summary>A pump on the model server, its connection in the test's hands.</summary>
internal sealed class PumpLife : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly SignalQueue _signals = new();
    private readonly Link _link = new(isKept: true);
    private readonly UpdatePump _pump;
    private readonly Task _running;

    public PumpLife(FlakyHub hub, Backoff backoff, bool replayUnseen = false)
    {
        var time = new FastTime();
        _pump = new UpdatePump(new EnduringCalls(_ => hub, _link, backoff, time), _signals, replayUnseen, time);
        _running = _pump.RunAsync(_stopping.Token);
    }

    /// <summary>Whether the server's state is the last.</summary>
    public bool HasEnded { get; private set; }

    public IAsyncEnumerable<Update> Updates => _pump.Updates.ReadAllAsync(TestTimeouts.Token);

    public void Deliver(IVersioned change) => _signals.Answered(change);

    public void Hear(Position position) => _signals.Post(new Signal.Heard(position));

    public void Disconnect() => _link.Set(LinkState.Reconnecting);

    public void Connect()
    {
        _link.Set(LinkState.Connected);
        _signals.Post(new Signal.Connected());
    }

    public void End()
    {
        HasEnded = true;
        // Wakes the reader should the state have been reached already.
        _signals.Post(new Signal.Fleeting(new TypingUpdate("chat 0", "peer")));
    }

    /// <summary>An application: it reads until something is so.</summary>
    public async Task ReadUntilAsync(Picture picture, Predicate<Update> isSo)
    {
        await foreach (var update in Updates)
        {
            picture.Apply(update);
            if (isSo(update))
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
