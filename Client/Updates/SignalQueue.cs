using System.Threading.Channels;
using ChatHub.Contracts;

namespace ChatHub.Client.Updates;

/// <summary>What the connection has to tell the <see cref="UpdatePump"/>.</summary>
internal abstract record Signal
{
    internal sealed record Change(IVersioned Content) : Signal;

    internal sealed record Heard(Position Position) : Signal;

    internal sealed record Fleeting(Update Update) : Signal;

    internal sealed record Connected : Signal;
}

/// <summary>
/// Signals on their way from the connection's threads, which never wait here. The queue is bounded: when the application
/// is slower than what comes, the rest is dropped, and got back later by catching up.
/// </summary>
internal sealed class SignalQueue : IChatClient
{
    private const int Capacity = 1_024;

    private readonly Channel<Signal> _signals;
    private int _overflowed;

    public SignalQueue() => _signals = Channel.CreateBounded<Signal>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite },
        _ => Interlocked.Exchange(ref _overflowed, 1));

    public void Post(Signal signal) => _signals.Writer.TryWrite(signal);

    public void Answered(IVersioned change) => Post(new Signal.Change(change));

    public bool TryRead(out Signal? signal) => _signals.Reader.TryRead(out signal);

    /// <summary>Whether anything was dropped since the last time that this was asked.</summary>
    public bool TakeOverflow() => Interlocked.Exchange(ref _overflowed, 0) == 1;

    /// <summary>Completes when there is a signal.</summary>
    /// <exception cref="TimeoutException">None came within the time.</exception>
    public Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken) =>
        _signals.Reader.WaitToReadAsync(cancellationToken).AsTask().WaitAsync(atMost, time, cancellationToken);

    Task IChatClient.RequestReceived(RequestReceived e) => Change(e);
    Task IChatClient.RequestChanged(RequestChanged e) => Change(e);
    Task IChatClient.RequestAccepted(RequestAccepted e) => Change(e);
    Task IChatClient.RequestRemoved(RequestRemoved e) => Change(e);
    Task IChatClient.RequestsRemoved(RequestsRemoved e) => Change(e);
    Task IChatClient.RequestRestored(RequestRestored e) => Change(e);
    Task IChatClient.MessageReceived(MessageReceived e) => Change(e);
    Task IChatClient.MessagesSeen(MessagesSeen e) => Change(e);
    Task IChatClient.ConversationChanged(ConversationChanged e) => Change(e);
    Task IChatClient.BlockChanged(BlockChanged e) => Change(e);
    Task IChatClient.MeChanged(MeChanged e) => Change(e);
    Task IChatClient.Typing(Typing e) => Posted(new Signal.Fleeting(new TypingUpdate(e.ConversationId, e.UserId)));
    Task IChatClient.PresenceChanged(PresenceChanged e) => Posted(new Signal.Fleeting(new PresenceUpdate(e.UserId, e.IsOnline)));
    Task IChatClient.Position(Position e) => Posted(new Signal.Heard(e));

    // Heeded where connections are made.
    Task IChatClient.ServerDraining(ServerDraining e) => Task.CompletedTask;

    private Task Change(IVersioned change) => Posted(new Signal.Change(change));

    private Task Posted(Signal signal)
    {
        Post(signal);
        return Task.CompletedTask;
    }
}
