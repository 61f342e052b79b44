using System.Threading.Channels;
using ChatHub.Contracts;

namespace ChatHub.Client.Updates;

/// <summary>
/// The queue from the connection's threads, which never wait here, to the <see cref="UpdateLoop"/>. It is bounded: when
/// the application is slower than the server, further signals are dropped, and catching up brings back what they changed.
/// </summary>
internal sealed class SignalQueue : IChatClient
{
    private const int Capacity = 1_024;

    private readonly Channel<Signal> _signals;
    private int _overflowed;

    public SignalQueue()
        : this(Channel.CreateBounded<Signal>(Capacity))
    {
    }

    /// <param name="signals">A channel whose writes fail when it is full.</param>
    internal SignalQueue(Channel<Signal> signals) => _signals = signals;

    public void Post(Signal signal)
    {
        if (_signals.Writer.TryWrite(signal))
            return;
        Volatile.Write(ref _overflowed, 1);

        // The loop may have emptied the queue in between and wait already: a signal wakes it, and it catches up.
        _signals.Writer.TryWrite(signal);
    }

    public void PostChange(IVersioned change) => Post(new Signal.Change(change));

    public bool TryRead(out Signal? signal) => _signals.Reader.TryRead(out signal);

    /// <summary>Whether a signal was dropped since the last call.</summary>
    public bool TakeOverflow() => Interlocked.Exchange(ref _overflowed, 0) == 1;

    /// <summary>Completes when there is a signal.</summary>
    /// <exception cref="TimeoutException">None arrived in time.</exception>
    public Task WaitAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken) =>
        _signals.Reader.WaitToReadAsync(cancellationToken).AsTask().WaitAsync(timeout, time, cancellationToken);

    Task IChatClient.RequestReceived(RequestReceived e) => Change(e);
    Task IChatClient.RequestChanged(RequestChanged e) => Change(e);
    Task IChatClient.RequestAccepted(RequestAccepted e) => Change(e);
    Task IChatClient.RequestRemoved(RequestRemoved e) => Change(e);
    Task IChatClient.RequestsRemoved(RequestsRemoved e) => Change(e);
    Task IChatClient.RequestRestored(RequestRestored e) => Change(e);
    Task IChatClient.MessageReceived(MessageReceived e) => Change(e);
    Task IChatClient.MessageChanged(MessageChanged e) => Change(e);
    Task IChatClient.MessagesSeen(MessagesSeen e) => Change(e);
    Task IChatClient.ConversationChanged(ConversationChanged e) => Change(e);
    Task IChatClient.BlockChanged(BlockChanged e) => Change(e);
    Task IChatClient.MeChanged(MeChanged e) => Change(e);
    Task IChatClient.Typing(Typing e) => Enqueue(new Signal.Transient(new TypingUpdate(e.ConversationId, e.UserId)));
    Task IChatClient.PresenceChanged(PresenceChanged e) => Enqueue(new Signal.Transient(new PresenceUpdate(e.UserId, e.IsOnline)));
    Task IChatClient.Position(Position e) => Enqueue(new Signal.PositionReceived(e));

    // The DrainingHandler acts on it.
    Task IChatClient.ServerDraining(ServerDraining e) => Task.CompletedTask;

    private Task Change(IVersioned change) => Enqueue(new Signal.Change(change));

    private Task Enqueue(Signal signal)
    {
        Post(signal);
        return Task.CompletedTask;
    }
}
