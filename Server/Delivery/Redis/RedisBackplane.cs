using System.Collections.Immutable;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.StackExchangeRedis;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>The backplane over Redis: keeps a session open, and serves alone while there is none. See docs/decisions/0007.</summary>
internal sealed class RedisBackplane<THub>(
    IOptions<RedisOptions> options, LiveConnections connections, LocalDelivery local, RedisPresence presence, RedisDatabase database,
    IHubProtocolResolver protocols, TimeProvider time, ILogger<RedisBackplane<THub>> log, ILogger<RedisHubLifetimeManager<THub>> stockLog)
    : BackgroundService, IBackplane
    where THub : Hub
{
    private const int MaxReasons = 10;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(300);

    private readonly TopicHandlers _topics = new(presence.Instance, log);
    private volatile RedisSession<THub>? _session;

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

    public void Close(string userId) => Publish(nameof(Close), userId);

    public void Publish(string topic, params IReadOnlyList<string> values) => _session?.Publish(_topics.Write(topic, values));

    public void Subscribe(string topic, Action<IReadOnlyList<string>> handler) => _topics.Subscribe(topic, handler);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Subscribe(nameof(Close), values => local.Close(values[0]));
        Subscribe(nameof(MessagesMissed), values => presence.Met(values[0]));
        presence.InstancesChanged += () => MessagesMissed?.Invoke();
        var logged = new HashSet<string>();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunSessionAsync(stoppingToken);
                logged.Clear();
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // Once for each reason, however often it is tried again.
                if (logged.Count < MaxReasons && logged.Add(e.Message))
                    DeliveryLog.BackplaneUnreachable(log, e.Message);
            }

            await Task.Delay(RetryAfter, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunSessionAsync(CancellationToken stoppingToken)
    {
        var configuration = options.Value.Read()!;
        await using var session = new RedisSession<THub>(await RedisConnector.ConnectAsync(configuration), configuration, protocols, local, stockLog);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await session.StartAsync(_topics).WaitAsync(RedisConnector.Limit, time, stoppingToken);
        try
        {
            (_session, database.Current) = (session, session.Database);
            DeliveryMetrics.BackplaneUp.Add(1);
            DeliveryLog.BackplaneUp(log, presence.Instance);
            foreach (var running in (Task[])[
                presence.RunAsync(session.Database, ending.Token), session.Carrier.SendEnqueuedAsync(OnDropped, ending.Token),
                session.PingAsync(time, log, ending.Token), JoinAllAsync(session)])
                session.Observe(running);
            var reason = await session.Ended.WaitAsync(stoppingToken);
            DeliveryLog.BackplaneDown(log, reason);
            DeliveryMetrics.BackplaneOutages.Add(1);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await presence.LeaveAsync(session.Database).WaitAsync(RedisConnector.Limit, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            (_session, database.Current) = (null, null);
            DeliveryMetrics.BackplaneUp.Add(-1);
            await ending.CancelAsync();
        }
    }

    /// <summary>Nothing could be received since the last session, nor sent: connections here and on the other instances have missed it.</summary>
    private async Task JoinAllAsync(RedisSession<THub> session)
    {
        await Task.WhenAll(connections.All.Select(connection => JoinAsync(session, connection)));
        MessagesMissed?.Invoke();
        Publish(nameof(MessagesMissed), presence.Instance);
    }

    private async Task JoinAsync(LiveConnection connection)
    {
        if (_session is { } session)
        {
            var joining = JoinAsync(session, connection);
            session.Observe(joining);
            await Task.WhenAny(joining, session.Ended);
        }

        if (connection.UserId is { } user)
            SubscriptionEstablished?.Invoke(user);
    }

    private async Task JoinAsync(RedisSession<THub> session, LiveConnection connection)
    {
        await session.Carrier.JoinAsync(connection);
        // Closed meanwhile, and perhaps before there was anything to leave.
        if (connections.Find(connection.Id) is null)
            await session.Carrier.LeaveAsync(connection);
    }

    private void OnDropped(long count)
    {
        DeliveryLog.PublishesDropped(log, count);
        Publish(nameof(MessagesMissed), presence.Instance);
    }
}
