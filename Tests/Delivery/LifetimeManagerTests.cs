using ChatHub.Server.Delivery;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.SignalR;
using Xunit;

namespace ChatHub.Tests.Delivery;

/// <summary>The specification, for one instance alone.</summary>
public sealed class OneInstanceLifetimeManagerTests : LifetimeManagerTests
{
    private protected override Task<Instance[]> StartAsync() => Task.FromResult<Instance[]>([Instance.WithoutRedis()]);
}

/// <summary>The same for two instances on a real Redis: every second connection is to the other one.</summary>
[Collection(nameof(SerialCollection))]
public sealed class RedisLifetimeManagerTests : LifetimeManagerTests
{
    private RedisServer? _redis;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_redis is not null)
            await _redis.DisposeAsync();
    }

    private protected override async Task<Instance[]> StartAsync()
    {
        _redis = await RedisServer.StartAsync();
        return [await Instance.StartAsync(_redis.Configuration), await Instance.StartAsync(_redis.Configuration)];
    }
}

/// <summary>
/// What SignalR expects of any lifetime manager: who receives what. That a connection receives nothing shows in the event
/// that all get at the end, which must be its next.
/// </summary>
public abstract class LifetimeManagerTests : IAsyncLifetime
{
    private Instance[] _instances = [];

    private static CancellationToken Token => TestTimeouts.Token;

    private UserLifetimeManager<Hub> Manager => _instances[0].Manager;

    public async ValueTask InitializeAsync() => _instances = await StartAsync();

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var instance in _instances)
            await instance.DisposeAsync();
    }

    private protected abstract Task<Instance[]> StartAsync();

    [Fact]
    public async Task SendAll_reaches_every_connection()
    {
        var all = await ConnectAsync("alice", "bob", null);

        await Manager.SendAllAsync("Event", ["x"], Token);

        await AssertGotAsync(all, [0, 1, 2]);
    }

    [Fact]
    public async Task SendAllExcept_leaves_out_the_excluded()
    {
        var all = await ConnectAsync("alice", "bob", "carol");

        await Manager.SendAllExceptAsync("Event", ["x"], [all[0].Id, "missing"], Token);

        await AssertGotAsync(all, [1, 2]);
    }

    [Fact]
    public async Task SendConnection_reaches_that_one_alone()
    {
        var all = await ConnectAsync("alice", "alice", "bob");

        await Manager.SendConnectionAsync(all[1].Id, "Event", ["x"], Token);
        await Manager.SendConnectionAsync("missing", "Event", ["x"], Token);

        await AssertGotAsync(all, [1]);
    }

    [Fact]
    public async Task SendConnections_reaches_exactly_those()
    {
        var all = await ConnectAsync("alice", "alice", "bob");

        await Manager.SendConnectionsAsync([all[0].Id, all[2].Id, "missing"], "Event", ["x"], Token);

        await AssertGotAsync(all, [0, 2]);
    }

    [Fact]
    public async Task SendUser_reaches_all_of_the_users_connections()
    {
        var all = await ConnectAsync("alice", "bob", "alice", null);

        await Manager.SendUserAsync("alice", "Event", ["x"], Token);
        await Manager.SendUserAsync("missing", "Event", ["x"], Token);

        await AssertGotAsync(all, [0, 2]);
    }

    [Fact]
    public async Task SendUsers_named_twice_receive_once()
    {
        var all = await ConnectAsync("alice", "bob", "carol");

        await Manager.SendUsersAsync(["alice", "bob", "alice"], "Event", ["x"], Token);

        await AssertGotAsync(all, [0, 1]);
    }

    [Fact]
    public async Task SendGroup_reaches_members_added_and_not_removed()
    {
        var all = await ConnectAsync("alice", "bob", "carol");
        foreach (var connection in all)
            await Manager.AddToGroupAsync(connection.Id, "sailors", Token);
        await Manager.AddToGroupAsync(all[0].Id, "sailors", Token);
        await Manager.RemoveFromGroupAsync(all[1].Id, "sailors", Token);
        await Manager.RemoveFromGroupAsync(all[1].Id, "rowers", Token);

        await Manager.SendGroupAsync("sailors", "Event", ["x"], Token);

        await AssertGotAsync(all, [0, 2]);
    }

    [Fact]
    public async Task SendGroups_reaches_the_members_of_all()
    {
        var all = await ConnectAsync("alice", "bob", "carol");
        await Manager.AddToGroupAsync(all[0].Id, "sailors", Token);
        await Manager.AddToGroupAsync(all[1].Id, "rowers", Token);

        await Manager.SendGroupsAsync(["sailors", "rowers", "missing"], "Event", ["x"], Token);

        await AssertGotAsync(all, [0, 1]);
    }

    [Fact]
    public async Task SendGroupExcept_leaves_out_the_excluded()
    {
        var all = await ConnectAsync("alice", "bob", "carol");
        foreach (var connection in all.Take(2))
            await Manager.AddToGroupAsync(connection.Id, "sailors", Token);

        await Manager.SendGroupExceptAsync("sailors", "Event", ["x"], [all[0].Id], Token);

        await AssertGotAsync(all, [1]);
    }

    [Fact]
    public async Task Closed_connection_receives_nothing_and_is_in_no_group()
    {
        var all = await ConnectAsync("alice", "alice", "bob");
        await Manager.AddToGroupAsync(all[0].Id, "sailors", Token);
        await _instances[0].DisconnectAsync(all[0]);
        await Manager.AddToGroupAsync(all[0].Id, "sailors", Token);

        await Manager.SendUserAsync("alice", "Event", ["x"], Token);
        await Manager.SendGroupAsync("sailors", "Event", ["x"], Token);
        await Manager.SendConnectionAsync(all[0].Id, "Event", ["x"], Token);

        await AssertGotAsync(all[1..], [0]);
    }

    [Fact]
    public async Task InvokeConnection_is_not_supported_and_says_so()
    {
        var all = await ConnectAsync("alice", "bob");

        foreach (var connection in all)
            await Assert.ThrowsAsync<NotSupportedException>(() => Manager.InvokeConnectionAsync<string>(connection.Id, "Question", [], Token));
    }

    private async Task<FakeConnection[]> ConnectAsync(params string?[] users)
    {
        var connections = new List<FakeConnection>();
        foreach (var user in users)
            connections.Add(await _instances[connections.Count % _instances.Length].ConnectAsync(user));
        return [.. connections];
    }

    /// <summary>These got the event, once; the others nothing. Between instances each address has an order of its own.</summary>
    private async Task AssertGotAsync(FakeConnection[] connections, int[] receivers)
    {
        foreach (var i in receivers)
            Assert.Equal("Event", await connections[i].NextTargetAsync());
        for (var round = 0; round < 2; round++)
        {
            await Manager.SendAllAsync("End", ["x"], Token);
            foreach (var connection in connections)
                Assert.Equal("End", await connection.NextTargetAsync());
        }
    }
}
