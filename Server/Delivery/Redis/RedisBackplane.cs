using System.Collections.Immutable;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.StackExchangeRedis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>The backplane over Redis: keeps a session open, and serves alone while there is none. See docs/decisions/0007.</summary>
internal sealed class RedisBackplane<THub> : BackgroundService, IBackplane
    where THub : Hub
{
    private const string CloseTopic = "close";
    private const string LeftTopic = "left";
    private const string MissedTopic = "missed";
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(300);

    private readonly ConfigurationOptions _configuration;
    private readonly LiveConnections _connections;
    private readonly TopicHandlers _topics;
    private readonly RedisPresence _presence;
    private readonly RedisDatabase _database;
    private readonly Func<Task<RedisSession<THub>>> _openAsync;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private volatile RedisSession<THub>? _session;

    public RedisBackplane(
        IOptions<RedisOptions> options, LiveConnections connections, LocalDelivery local, RedisPresence presence, RedisDatabase database,
        IHubProtocolResolver protocols, TimeProvider time, ILogger<RedisBackplane<THub>> log, ILogger<RedisHubLifetimeManager<THub>> stockLog)
    {
        _configuration = options.Value.Read() ?? throw new InvalidOperationException("Redis:Configuration was not validated.");
        (_connections, _presence, _database, _time, _log) = (connections, presence, database, time, log);
        _topics = new(presence.Instance, log);
        _openAsync = () => RedisSession<THub>.OpenAsync(_configuration, protocols, local, _topics, stockLog);
        Subscribe(CloseTopic, values => local.Close(values[0]));
        Subscribe(LeftTopic, values => presence.Left(values[0]));
        Subscribe(MissedTopic, _ => MessagesMissed?.Invoke());
        presence.InstanceLost += () => MessagesMissed?.Invoke();
    }

    public event Action<string>? SubscriptionEstablished;

    public event Action? MessagesMissed;

    public BackplaneState State => _session is null ? BackplaneState.Down : BackplaneState.Up;

    public void Join(LiveConnection connection) => _ = JoinAsync(connection);

    public void Leave(LiveConnection connection)
    {
        if (_session is { } session)
            session.Observe(session.Carrier.LeaveAsync(connection));
    }

    public void Deliver(UserEvent e, ImmutableArray<LiveConnection> delivered) => _session?.Carrier.Enqueue(e, delivered);

    public bool TrySend(Audience audience, string methodName, object?[] arguments)
    {
        if (_session is not { } session)
            return false;
        session.Observe(session.Carrier.SendAsync(audience, methodName, arguments));
        return true;
    }

    public Task ChangeGroupAsync(string connectionId, string group, bool isMember, CancellationToken cancellation) =>
        _session?.Carrier.ChangeGroupAsync(connectionId, group, isMember, cancellation) ?? Task.CompletedTask;

    public void Close(string userId) => Publish(CloseTopic, userId);

    public void Publish(string topic, params IReadOnlyList<string> values) => _session?.Publish(_topics.Write(topic, values));

    public void Subscribe(string topic, Action<IReadOnlyList<string>> handler) => _topics.Subscribe(topic, handler);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var logged = "";
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunSessionAsync(stoppingToken);
                logged = "";
            }
            catch (Exception e) when (e is RedisException or TimeoutException)
            {
                // Once for each reason, however often it is tried again.
                if (logged != e.Message)
                    DeliveryLog.BackplaneUnreachable(_log, e.Message);
                logged = e.Message;
            }

            await Task.Delay(RetryAfter, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunSessionAsync(CancellationToken stoppingToken)
    {
        await using var session = await _openAsync();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        _database.Current = session.Database;
        try
        {
            await _presence.BeginAsync(session.Database);
            _session = session;
            DeliveryLog.BackplaneUp(_log, _presence.Instance);
            foreach (var running in (Task[])[
                _presence.BeatAsync(session.Database, ending.Token), session.Carrier.SendEnqueuedAsync(OnDropped, ending.Token),
                session.PingAsync(_time, _log, ending.Token), JoinAllAsync(session)])
                session.Observe(running);
            var reason = await session.Ended.WaitAsync(stoppingToken);
            DeliveryLog.BackplaneDown(_log, reason);
            BackplaneMetrics.Outages.Add(1);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await _presence.LeaveAsync(session.Database).WaitAsync(RedisConnector.Limit, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Publish(LeftTopic, _presence.Instance);
        }
        finally
        {
            (_session, _database.Current) = (null, null);
            await ending.CancelAsync();
        }
    }

    /// <summary>Nothing could be received since the last session, nor sent: connections here and on the other instances have missed it.</summary>
    private async Task JoinAllAsync(RedisSession<THub> session)
    {
        await Task.WhenAll(_connections.All.Select(session.Carrier.JoinAsync));
        MessagesMissed?.Invoke();
        Publish(MissedTopic);
    }

    private async Task JoinAsync(LiveConnection connection)
    {
        if (_session is { } session)
        {
            var joining = session.Carrier.JoinAsync(connection);
            session.Observe(joining);
            await Task.WhenAny(joining, session.Ended);
            if (_connections.Find(connection.Id) is null)
                session.Observe(session.Carrier.LeaveAsync(connection));
        }

        if (connection.UserId is { } user)
            SubscriptionEstablished?.Invoke(user);
    }

    private void OnDropped(long count)
    {
        BackplaneMetrics.Dropped.Add(count);
        DeliveryLog.PublishesDropped(_log, count);
        Publish(MissedTopic);
    }
}
