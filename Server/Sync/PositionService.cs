using System.Collections.Concurrent;
using System.Threading.Channels;
using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Delivery;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Sync;

/// <summary>
/// Sends connections their user's version, so that a lost push is found without a reconnect: once when a connection's
/// subscription is established, every 30 seconds, and when messages of the backplane may have been missed. One query for
/// many users each time; it also finds connections of accounts whose erasure did not reach this instance.
/// A client that is behind calls Sync, so the sends are spread over time.
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

    // Users whose position is to be sent: never more than are connected.
    private readonly ConcurrentDictionary<string, bool> _subscribed = new(StringComparer.Ordinal);
    private readonly Channel<bool> _anySubscribed = Signal();
    private readonly Channel<bool> _messagesMissed = Signal();

    public PositionService(
        IDatabase database, InboxStore inboxes, LiveConnections connections, LocalDelivery delivery, IBackplane backplane,
        TimeProvider time, ILogger<PositionService> log)
    {
        (_database, _inboxes, _connections, _delivery, _time, _log) = (database, inboxes, connections, delivery, time, log);
        backplane.SubscriptionEstablished += SendSoon;
        backplane.MessagesMissed += () => _messagesMissed.Writer.TryWrite(true);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(SendSubscribedAsync(stoppingToken), SendAfterGapsAsync(stoppingToken), SendRegularlyAsync(stoppingToken));

    private static Channel<bool> Signal() =>
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private void SendSoon(string user)
    {
        _subscribed[user] = true;
        _anySubscribed.Writer.TryWrite(true);
    }

    private async Task SendSubscribedAsync(CancellationToken cancellation)
    {
        await foreach (var _ in _anySubscribed.Reader.ReadAllAsync(cancellation))
        {
            foreach (var users in _subscribed.Keys.Chunk(Batch))
                await SendAsync([.. users.Where(user => _subscribed.TryRemove(user, out var _))], cancellation);
        }
    }

    private async Task SendAfterGapsAsync(CancellationToken cancellation)
    {
        await foreach (var _ in _messagesMissed.Reader.ReadAllAsync(cancellation))
        {
            foreach (var users in _connections.Users.Chunk(SpreadBatch))
            {
                await SendAsync(users, cancellation);
                await Task.Delay(SpreadPause, _time, cancellation);
            }
        }
    }

    private async Task SendRegularlyAsync(CancellationToken cancellation)
    {
        var (start, sent) = (_time.GetTimestamp(), TimeSpan.Zero);
        while (true)
        {
            await Task.Delay(Step, _time, cancellation);
            var now = _time.GetElapsedTime(start);
            foreach (var users in _connections.Users.Where(user => SinceMomentOf(user, now) < now - sent).Chunk(Batch))
                await SendAsync(users, cancellation);
            sent = now;
        }
    }

    /// <summary>Each user has a moment in every interval; the hash is the process's own, so that instances do not query at the same moment.</summary>
    private static TimeSpan SinceMomentOf(string user, TimeSpan now)
    {
        var moment = (uint)user.GetHashCode(StringComparison.Ordinal) % Interval.Ticks;
        return TimeSpan.FromTicks((now.Ticks - moment + Interval.Ticks) % Interval.Ticks);
    }

    private async Task SendAsync(string[] users, CancellationToken cancellation)
    {
        try
        {
            var versions = await _database.ReadAsync(session => _inboxes.VersionsAsync(session, users), cancellation);
            foreach (var user in versions)
                Send(user);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            SyncLog.PositionFailed(_log, e);
        }
    }

    private void Send(UserVersion user)
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
