using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.StackExchangeRedis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using StackExchange.Redis.KeyspaceIsolation;
using StockOptions = Microsoft.AspNetCore.SignalR.StackExchangeRedis.RedisOptions;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>
/// One connection to Redis with the stock manager on it. It ends at the first failure and is replaced, not reconnected: the
/// stock manager does not repeat a subscription that failed, and commands on a connection that hangs have no bound.
/// </summary>
internal sealed class RedisSession<THub> : IAsyncDisposable
    where THub : Hub
{
    private const int MaxMissedPings = 3;
    private static readonly TimeSpan PingInterval = TimeSpan.FromMilliseconds(400);

    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IConnectionMultiplexer _redis;
    private readonly RedisHubLifetimeManager<THub> _stock;

    public RedisSession(
        IConnectionMultiplexer redis, ConfigurationOptions configuration, IHubProtocolResolver protocols, LocalDelivery local, ILogger<RedisHubLifetimeManager<THub>> log)
    {
        _redis = redis;
        _redis.ConnectionFailed += (_, e) => End($"{e.FailureType}");
        Database = redis.GetDatabase().WithKeyPrefix(configuration.ChannelPrefix.ToString());
        // The longer constructor needs the hub's options, and their filters need the backplane.
        _stock = new(log, Options.Create(new StockOptions { Configuration = configuration, ConnectionFactory = _ => Task.FromResult(redis) }), protocols);
        Carrier = new(_stock, local, protocols.GetProtocol("json", null)!);
    }

    public IDatabase Database { get; }

    public Carrier<THub> Carrier { get; }

    /// <summary>Completes with the reason.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>Done when it receives and sends.</summary>
    public async Task StartAsync(TopicHandlers topics)
    {
        (await _redis.GetSubscriber().SubscribeAsync(RedisKeys.Control)).OnMessage(message => topics.Handle(message.Message!));
        // To an empty group: done when the stock manager is ready. Before that it would not keep the order of what it sends.
        await _stock.SendGroupAsync("none", "Ready", []);
    }

    public void Publish(byte[] message) => Observe(_redis.GetSubscriber().PublishAsync(RedisKeys.Control, message));

    /// <summary>Ends the session if the task fails. Does not wait.</summary>
    public void Observe(Task task) => task.ContinueWith(
        failed => End(failed.Exception!.InnerException!.Message), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    public void End(string reason) => _ended.TrySetResult(reason);

    /// <summary>Pings both connections, that for commands and that for subscriptions, until they stop to respond.</summary>
    public async Task PingAsync(TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        for (var missed = 0; missed < MaxMissedPings; missed++)
        {
            var pings = Task.WhenAll(_redis.GetDatabase().PingAsync(), _redis.GetSubscriber().PingAsync());
            var interval = Task.Delay(PingInterval, time, cancellation);
            await Task.WhenAny(pings, interval);
            if (pings.IsCompletedSuccessfully)
                missed = -1;
            else
                DeliveryLog.PingTimeout(log);
            await interval;
        }

        End("ping timeout");
    }

    public async ValueTask DisposeAsync()
    {
        End("closed");
        // Closed first, without waiting for a Redis that may hang: then the stock manager has nothing to unsubscribe from.
        await _redis.CloseAsync(allowCommandsToComplete: false);
        try
        {
            _stock.Dispose();
        }
        catch (ObjectDisposedException)
        {
            // It begins with unsubscribing.
        }
    }
}
