using ChatHub.Server.Delivery;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.SignalR;
using Xunit;

namespace ChatHub.Tests.Delivery;

/// <summary>The specification, for one instance alone.</summary>
public sealed class OneInstanceLifetimeManagerTests : LifetimeManagerTests
{
    private protected override Task<Instance[]> StartAsync() => Task.FromResult<Instance[]>([Instance.Alone()]);
}

/// <summary>The same for two instances on a real Redis: every second connection is to the other one.</summary>
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
/// What SignalR expects of any lifetime manager: who gets what. That somebody gets nothing shows in the event that all get
/// at the end, which must be their next.
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
    public async Task All_is_everybody()
    {
        var all = await ConnectAsync("alice", "bob", null);

        await Manager.SendAllAsync("Event", ["x"], Token);

        await AssertGotAsync(all, [0, 1, 2]);
    }

    [Fact]
    public async Task All_but_some_leaves_them_out()
    {
        var all = await ConnectAsync("alice", "bob", "carol");

        await Manager.SendAllExceptAsync("Event", ["x"], [all[0].Id, "nobody"], Token);

        await AssertGotAsync(all, [1, 2]);
    }

    [Fact]
    public async Task A_connection_is_that_one_alone()
    {
        var all = await ConnectAsync("alice", "alice", "bob");

        await Manager.SendConnectionAsync(all[1].Id, "Event", ["x"], Token);
        await Manager.SendConnectionAsync("nobody", "Event", ["x"], Token);

        await AssertGotAsync(all, [1]);
    }

    [Fact]
    public async Task Connections_are_those()
    {
        var all = await ConnectAsync("alice", "alice", "bob");

        await Manager.SendConnectionsAsync([all[0].Id, all[2].Id, "nobody"], "Event", ["x"], Token);

        await AssertGotAsync(all, [0, 2]);
    }

    [Fact]
    public async Task A_user_is_all_of_their_connections()
    {
        var all = await ConnectAsync("alice", "bob", "alice", null);

        await Manager.SendUserAsync("alice", "Event", ["x"], Token);
        await Manager.SendUserAsync("nobody", "Event", ["x"], Token);

        await AssertGotAsync(all, [0, 2]);
    }

    [Fact]
    public async Task Users_named_twice_get_it_once()
    {
        var all = await ConnectAsync("alice", "bob", "carol");

        await Manager.SendUsersAsync(["alice", "bob", "alice"], "Event", ["x"], Token);

        await AssertGotAsync(all, [0, 1]);
    }

    [Fact]
    public async Task A_group_is_whoever_was_added_and_not_removed_since()
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
    public async Task Groups_are_all_of_theirs()
    {
        var all = await ConnectAsync("alice", "bob", "carol");
        await Manager.AddToGroupAsync(all[0].Id, "sailors", Token);
        await Manager.AddToGroupAsync(all[1].Id, "rowers", Token);

        await Manager.SendGroupsAsync(["sailors", "rowers", "nobody"], "Event", ["x"], Token);

        await AssertGotAsync(all, [0, 1]);
    }

    [Fact]
    public async Task A_group_but_some_leaves_them_out()
    {
        var all = await ConnectAsync("alice", "bob", "carol");
        foreach (var connection in all.Take(2))
            await Manager.AddToGroupAsync(connection.Id, "sailors", Token);

        await Manager.SendGroupExceptAsync("sailors", "Event", ["x"], [all[0].Id], Token);

        await AssertGotAsync(all, [1]);
    }

    [Fact]
    public async Task Who_has_gone_gets_nothing_and_is_in_no_group()
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
    public async Task Client_results_are_refused_clearly()
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

    /// <summary>These got the event, once; the others nothing.</summary>
    private async Task AssertGotAsync(FakeConnection[] connections, int[] receivers)
    {
        await Manager.SendAllAsync("End", ["x"], Token);
        for (var i = 0; i < connections.Length; i++)
        {
            if (receivers.Contains(i))
                Assert.Equal("Event", await connections[i].NextTargetAsync());
            Assert.Equal("End", await connections[i].NextTargetAsync());
        }
    }
}
