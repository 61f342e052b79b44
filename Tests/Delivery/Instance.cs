using System.Collections.Concurrent;
using ChatHub.Server.Delivery;
using ChatHub.Server.Delivery.Redis;
using ChatHub.Server.Storage;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.AspNetCore.SignalR.StackExchangeRedis;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RedisOptions = ChatHub.Server.Delivery.RedisOptions;

namespace ChatHub.Tests.Delivery;

/// <summary>The delivery of one server, without the server.</summary>
internal sealed class Instance : IAsyncDisposable
{
    private readonly PresenceTracker _tracker;
    private readonly RedisBackplane<Hub>? _redis;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _established = new(StringComparer.Ordinal);

    private Instance(string? redis, TimeProvider time)
    {
        _tracker = new(time);
        var connections = new LiveConnections();
        var local = new LocalDelivery(connections);
        IPresenceRegistry registry = new LocalPresenceRegistry();
        Backplane = new NoBackplane();
        if (redis is not null)
        {
            var database = new RedisDatabase();
            var presence = new RedisPresence(_tracker, database, time, NullLogger<RedisPresence>.Instance);
            registry = presence;
            Backplane = _redis = new(
                Options.Create(new RedisOptions { Configuration = redis }), connections, local, presence, database, new Protocols(), time,
                NullLogger<RedisBackplane<Hub>>.Instance, NullLogger<RedisHubLifetimeManager<Hub>>.Instance);
        }

        Backplane.SubscriptionEstablished += user => Established(user).TrySetResult();
        Presence = new(_tracker, registry, Options.Create(new HubOptions()));
        Manager = new(connections, local, Backplane, new StubDatabase(), NullLogger<UserLifetimeManager<Hub>>.Instance);
        Delivery = new Server.Delivery.Delivery(local, Backplane);
    }

    public PresenceCoordinator Presence { get; }
    public IBackplane Backplane { get; }
    public UserLifetimeManager<Hub> Manager { get; }
    public IDelivery Delivery { get; }

    public static Instance WithoutRedis() => new(redis: null, TimeProvider.System);

    /// <summary>Done when it is connected to Redis.</summary>
    public static async Task<Instance> StartAsync(string redis, TimeProvider? time = null)
    {
        var instance = new Instance(redis, time ?? TimeProvider.System);
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        instance.Backplane.MessagesMissed += () => connected.TrySetResult();
        await instance._redis!.StartAsync(TestTimeouts.Token);
        await connected.Task.SoonAsync("the backplane is connected");
        return instance;
    }

    public Task ReachesRedisAsync(bool isReached) =>
        TestTimeouts.EventuallyAsync(() => Backplane.State == BackplaneState.Up == isReached);

    /// <summary>Done when events of every instance arrive on it.</summary>
    /// <param name="user">Null for a connection without a user.</param>
    /// <param name="window">How many bytes may lie unread before a writer has to wait.</param>
    public async Task<FakeConnection> ConnectAsync(string? user, long window = 1 << 20)
    {
        var connection = new FakeConnection(user, window);
        _established.TryRemove(user ?? "", out _);
        var established = Established(user ?? "");
        await Manager.OnConnectedAsync(connection.Hub);
        if (user is null)
        {
            // Its own group is confirmed after its subscriptions.
            await Manager.AddToGroupAsync(connection.Id, "connected", TestTimeouts.Token);
            return connection;
        }

        await Presence.ConnectedAsync(RefOf(user));
        await established.Task.SoonAsync();
        return connection;
    }

    public async Task DisconnectAsync(FakeConnection connection)
    {
        await Manager.OnDisconnectedAsync(connection.Hub);
        if (connection.Hub.UserIdentifier is { } user)
            Presence.Disconnected(RefOf(user));
    }

    /// <summary>Done when the user, disconnected here, has been gone for long enough to be announced as offline.</summary>
    public Task GoneLongEnoughAsync(string user) =>
        TestTimeouts.EventuallyAsync(() => IsGoing(user));

    /// <summary>Whether it is still to be decided that the user, disconnected here, has gone offline.</summary>
    public bool IsGoing(string user) => _tracker.Due().Any(transition => transition is { IsOnline: false } && transition.User.Id == user);

    public static UserRef RefOf(string user) => new(user.GetHashCode(StringComparison.Ordinal), user);

    public async ValueTask DisposeAsync()
    {
        if (_redis is null)
            return;
        await _redis.StopAsync(CancellationToken.None);
        _redis.Dispose();
    }

    private TaskCompletionSource Established(string user) =>
        _established.GetOrAdd(user, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private sealed class Protocols : IHubProtocolResolver
    {
        public IReadOnlyList<IHubProtocol> AllProtocols { get; } = [new JsonHubProtocol()];

        public IHubProtocol? GetProtocol(string protocolName, IReadOnlyList<string>? supportedProtocols) => AllProtocols[0];
    }
}
