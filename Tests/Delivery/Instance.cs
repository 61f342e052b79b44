using System.Collections.Concurrent;
using ChatHub.Server.Delivery;
using ChatHub.Server.Delivery.Redis;
using ChatHub.Server.Storage;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ChatHub.Tests.Delivery;

/// <summary>The delivery of one server, without the server.</summary>
internal sealed class Instance : IAsyncDisposable
{
    private readonly RedisBackplane? _redis;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _reached = new(StringComparer.Ordinal);

    private Instance(string? redis, TimeProvider time)
    {
        Presence = new(time);
        var connections = new LiveConnections();
        var local = new LocalDelivery(connections);
        _redis = redis is null ? null : new(
            Options.Create(new RedisOptions { Configuration = redis }), Presence, local, new Protocols(), time, NullLogger<RedisBackplane>.Instance);
        Backplane = _redis is null ? new NoBackplane(Presence) : _redis;
        Backplane.Reached += OnReached;
        Manager = new(connections, local, Backplane, new StubDatabase(), NullLogger<UserLifetimeManager<Hub>>.Instance);
        Delivery = new Server.Delivery.Delivery(local, Backplane);
    }

    public PresenceTracker Presence { get; }
    public IBackplane Backplane { get; }
    public UserLifetimeManager<Hub> Manager { get; }
    public IDelivery Delivery { get; }

    public static Instance Alone() => new(redis: null, TimeProvider.System);

    /// <summary>Done when it has met the others.</summary>
    public static async Task<Instance> StartAsync(string redis, TimeProvider? time = null)
    {
        var instance = new Instance(redis, time ?? TimeProvider.System);
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        instance.Backplane.Doubtful += () => met.TrySetResult();
        await instance._redis!.StartAsync(TestTimeouts.Token);
        await met.Task.SoonAsync("the backplane is there");
        return instance;
    }

    /// <summary>Done when its events arrive from every instance.</summary>
    public async Task<FakeConnection> ConnectAsync(string? user, long window = 1 << 20)
    {
        var connection = new FakeConnection(user, window);
        await Manager.OnConnectedAsync(connection.Hub);
        if (user is null)
            return connection;
        var reached = _reached.GetOrAdd(user, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        Presence.Connected(new UserRef(user.GetHashCode(StringComparison.Ordinal), user));
        await reached.Task.SoonAsync();
        return connection;
    }

    public async Task DisconnectAsync(FakeConnection connection)
    {
        await Manager.OnDisconnectedAsync(connection.Hub);
        if (connection.Hub.UserIdentifier is { } user)
            Presence.Disconnected(new UserRef(user.GetHashCode(StringComparison.Ordinal), user));
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis is null)
            return;
        await _redis.StopAsync(CancellationToken.None);
        _redis.Dispose();
    }

    private void OnReached(IReadOnlyCollection<string> users)
    {
        foreach (var user in users)
        {
            if (_reached.TryRemove(user, out var reached))
                reached.TrySetResult();
        }
    }

    private sealed class Protocols : IHubProtocolResolver
    {
        public IReadOnlyList<IHubProtocol> AllProtocols { get; } = [new JsonHubProtocol()];

        public IHubProtocol? GetProtocol(string protocolName, IReadOnlyList<string>? supportedProtocols) => AllProtocols[0];
    }
}
