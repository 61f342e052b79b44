using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>
/// The backplane while one connection to Redis lasts: who is there, kept by rosters and beats, and a queue of frames for
/// each of them. What is kept from one life to the next is the backplane's own.
/// </summary>
internal sealed class BackplaneLife(
    RedisConnection connection, string self, Peers peers, PresenceTracker presence, IReadOnlyList<IHubProtocol> protocols,
    TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>An instance that was not heard for so long is gone.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(1);
    private const int PulsesMissed = 3;
    private const int TicksToBeat = 5;

    private readonly ConcurrentDictionary<string, Outbox> _direct = new(StringComparer.Ordinal);
    private readonly Asks _asks = new();
    private readonly long _since = time.GetTimestamp();
    private TaskCompletionSource _pulse = new();
    private bool _isComplete;

    /// <summary>To all other instances.</summary>
    public Outbox Everybody { get; } = new(connection, RedisNames.Everybody, self);

    /// <summary>
    /// All rosters are known, so that events can go to those alone who hold their user. Until then they go to everybody.
    /// </summary>
    public bool IsComplete
    {
        get => Volatile.Read(ref _isComplete);
        private set => Volatile.Write(ref _isComplete, value);
    }

    public void Deliver(UserEvent e)
    {
        if (!IsComplete)
        {
            Everybody.Add((e, protocols), Frames.Event);
            return;
        }

        foreach (var peer in peers.Holding(e.UserId))
            To(peer.Id).Add((e, protocols), Frames.Event);
    }

    public void Ack(string peer, long ask) => To(peer).Add(ask, Frames.Ack);

    public void Answered(long ask, string by) => _asks.Answered(ask, by);

    /// <summary>Something of a peer's is missing: its roster is asked for again.</summary>
    public void Doubt() => IsComplete = false;

    /// <summary>This instance heard itself: Redis is there.</summary>
    public void Pulse() => Volatile.Read(ref _pulse).TrySetResult();

    /// <summary>Tells everybody the whole roster, and asks for theirs.</summary>
    public async Task HelloAsync(CancellationToken cancellation)
    {
        using var ask = _asks.Open();
        var receivers = await Everybody
            .AddAsync(new Roster(ask.Number, IsWhole: true, AsksForYours: true, presence.IsLeaving, presence.Here()), Frames.Roster, isRoster: true)
            .WaitAsync(AnswersWithin, cancellation);
        if (!await ask.AnsweredAsync(by => by.Count >= receivers - 1, AnswersWithin, cancellation))
            return;
        IsComplete = true;
        if (peers.All.Any(peer => !peer.IsKnown))
            IsComplete = false;
    }

    /// <summary>Answers a peer that asked with the whole roster. Published before anything else is told of it.</summary>
    public Task AnswerAsync(string peer, long ask, CancellationToken cancellation) =>
        To(peer).AddAsync(new Roster(ask, IsWhole: true, AsksForYours: false, presence.IsLeaving, presence.Here()), Frames.Roster, isRoster: true)
            .WaitAsync(AnswersWithin, cancellation);

    /// <summary>Tells everybody of some users, as they now are; done when all have heard it that can be expected to.</summary>
    public Task AnnounceAsync(IEnumerable<UserConnections> users, CancellationToken cancellation) =>
        AskAsync(ask => Everybody.Add(new Roster(ask, IsWhole: false, AsksForYours: false, presence.IsLeaving, [.. users]), Frames.Roster, isRoster: true), cancellation);

    public Task ChangeGroupAsync(string connectionId, string group, bool isMember, CancellationToken cancellation) =>
        AskAsync(ask => Everybody.Add((ask, connectionId, group, isMember), Frames.Group), cancellation);

    public void End() => connection.End();

    public async Task GoodbyeAsync() =>
        await Everybody.AddAsync(FrameKind.Bye, Frames.Sign).WaitAsync(AnswersWithin);

    /// <summary>Watches over Redis and the peers until one of them is gone.</summary>
    /// <param name="lost">Called with each peer whose lease is over.</param>
    /// <param name="hello">Called when somebody's roster is missing.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task WatchAsync(Action<Peer> lost, Action hello, CancellationToken cancellation)
    {
        var missed = 0;
        for (var tick = 1; missed < PulsesMissed && !connection.Ended.IsCompleted; tick++)
        {
            var heard = await HearOneselfAsync(cancellation);
            missed = heard ? 0 : missed + 1;
            if (!heard)
                continue;
            if (tick % TicksToBeat == 0)
                Everybody.Add(FrameKind.Beat, Frames.Sign);
            foreach (var peer in Expired())
                lost(peer);
            if (!IsComplete)
                hello();
            await Task.Delay(Tick, time, cancellation);
        }

        connection.End();
    }

    public void Dispose()
    {
        foreach (var outbox in _direct.Values)
            outbox.Dispose();
        Everybody.Dispose();
        connection.Dispose();
    }

    private Outbox To(string peer) => _direct.TryGetValue(peer, out var outbox)
        ? outbox
        : _direct.GetOrAdd(peer, new Outbox(connection, RedisNames.Instance(peer), self));

    private async Task AskAsync(Action<long> tell, CancellationToken cancellation)
    {
        using var ask = _asks.Open();
        tell(ask.Number);
        var expected = peers.All.Where(peer => !peer.IsSilent).ToArray();
        if (await ask.AnsweredAsync(by => expected.All(peer => by.Contains(peer.Id)), AnswersWithin, cancellation))
            return;
        foreach (var peer in expected.Where(peer => !ask.HasAnswered(peer.Id)))
            peer.IsSilent = true;
    }

    /// <summary>Publishes to its own channel and waits for the echo: the whole way there and back.</summary>
    private async Task<bool> HearOneselfAsync(CancellationToken cancellation)
    {
        var pulse = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _pulse, pulse);
        _ = connection.PublishAsync(RedisNames.Instance(self), Pulses.Of(self));
        await Task.WhenAny(pulse.Task, connection.Ended, Task.Delay(Tick, time, cancellation));
        cancellation.ThrowIfCancellationRequested();
        if (!pulse.Task.IsCompleted)
            DeliveryLog.PulseMissed(log);
        return pulse.Task.IsCompleted;
    }

    private Peer[] Expired() =>
        time.GetElapsedTime(_since) < Lease ? [] : [.. peers.All.Where(peer => time.GetElapsedTime(peer.LastHeard) > Lease)];

    private static class Pulses
    {
        public static byte[] Of(string self)
        {
            using var bytes = new MemoryStream();
            using var writer = new BinaryWriter(bytes);
            Frames.Begin(writer, self, 0);
            writer.Flush();
            return bytes.ToArray();
        }
    }
}
