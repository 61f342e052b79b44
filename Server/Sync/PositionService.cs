using System.Collections.Concurrent;
using System.Threading.Channels;
using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Delivery;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Sync;

/// <summary>
/// Tells connections how far their user's version is, so that a lost push is found without a reconnect: once when a
/// connection is reached by everybody's events, every 30 seconds, and when events may have been missed. One query for
/// many users each time; it also finds connections of accounts that were erased while no word of it came through.
/// Whoever is behind calls Sync, so that many are never told at once.
/// </summary>
public sealed class PositionService : BackgroundService
{
    private const int Batch = 500;

    // After an outage: 500 users a second.
    private const int SpreadBatch = 50;
    private static readonly TimeSpan SpreadPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Step = Interval / 100;

    private readonly IDatabase _database;
    private readonly InboxStore _inboxes;
    private readonly LiveConnections _connections;
    private readonly LocalDelivery _delivery;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    // Who waits to be told: never more than are connected.
    private readonly ConcurrentDictionary<string, bool> _reached = new(StringComparer.Ordinal);
    private readonly Channel<bool> _anyReached = Signal();
    private readonly Channel<bool> _inDoubt = Signal();

    public PositionService(
        IDatabase database, InboxStore inboxes, LiveConnections connections, LocalDelivery delivery, IBackplane backplane,
        TimeProvider time, ILogger<PositionService> log)
    {
        (_database, _inboxes, _connections, _delivery, _time, _log) = (database, inboxes, connections, delivery, time, log);
        backplane.SubscriptionEstablished += TellSoon;
        backplane.MessagesMissed += () => _inDoubt.Writer.TryWrite(true);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(TellReachedAsync(stoppingToken), TellDoubtfulAsync(stoppingToken), TellRegularlyAsync(stoppingToken));

    private static Channel<bool> Signal() =>
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private void TellSoon(string user)
    {
        _reached[user] = true;
        _anyReached.Writer.TryWrite(true);
    }

    private async Task TellReachedAsync(CancellationToken cancellation)
    {
        await foreach (var _ in _anyReached.Reader.ReadAllAsync(cancellation))
        {
            foreach (var users in _reached.Keys.Chunk(Batch))
                await TellAsync([.. users.Where(user => _reached.TryRemove(user, out var _))], cancellation);
        }
    }

    private async Task TellDoubtfulAsync(CancellationToken cancellation)
    {
        await foreach (var _ in _inDoubt.Reader.ReadAllAsync(cancellation))
        {
            foreach (var users in _connections.Users.Chunk(SpreadBatch))
            {
                await TellAsync(users, cancellation);
                await Task.Delay(SpreadPause, _time, cancellation);
            }
        }
    }

    private async Task TellRegularlyAsync(CancellationToken cancellation)
    {
        var (start, told) = (_time.GetTimestamp(), TimeSpan.Zero);
        while (true)
        {
            await Task.Delay(Step, _time, cancellation);
            var now = _time.GetElapsedTime(start);
            foreach (var users in _connections.Users.Where(user => SinceMomentOf(user, now) < now - told).Chunk(Batch))
                await TellAsync(users, cancellation);
            told = now;
        }
    }

    /// <summary>Each user has a moment in every interval; the hash is the process's own, so that instances do not ask in step.</summary>
    private static TimeSpan SinceMomentOf(string user, TimeSpan now)
    {
        var moment = (uint)user.GetHashCode(StringComparison.Ordinal) % Interval.Ticks;
        return TimeSpan.FromTicks((now.Ticks - moment + Interval.Ticks) % Interval.Ticks);
    }

    private async Task TellAsync(string[] users, CancellationToken cancellation)
    {
        try
        {
            var versions = await _database.ReadAsync(session => _inboxes.VersionsAsync(session, users), cancellation);
            foreach (var user in versions)
                Tell(user);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            SyncLog.PositionFailed(_log, e);
        }
    }

    private void Tell(UserVersion user)
    {
        if (user.IsRemoved)
        {
            _delivery.Close(user.UserId);
            return;
        }

        var position = new Position { Epoch = _database.Epoch, Version = user.Version };
        _delivery.Deliver(new(user.UserId, nameof(IChatClient.Position), position, Version: null, ExceptConnectionId: null));
    }
}
