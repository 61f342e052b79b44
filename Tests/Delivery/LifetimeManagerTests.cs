using ChatHub.Server.Delivery;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatHub.Tests.Delivery;

/// <summary>
/// What SignalR expects of any lifetime manager: who gets what. That somebody gets nothing shows in the event that all get
/// at the end, which must be their next.
/// </summary>
public sealed class LifetimeManagerTests
{
    private static CancellationToken Token => Patience.Token;

    private readonly UserLifetimeManager<Hub> _manager = new(new LiveConnections(), new StubDatabase(), NullLogger<UserLifetimeManager<Hub>>.Instance);

    [Fact]
    public async Task All_is_everybody()
    {
        var all = await ConnectAsync("alice", "bob", null);

        await _manager.SendAllAsync("Event", ["x"], Token);

        await AssertGotAsync(all, [0, 1, 2]);
    }

    [Fact]
    public async Task All_but_some_leaves_them_out()
    {
        var all = await ConnectAsync("alice", "bob", "carol");

        await _manager.SendAllExceptAsync("Event", ["x"], [all[0].Id, "nobody"], Token);

        await AssertGotAsync(all, [1, 2]);
    }

    [Fact]
    public async Task A_connection_is_that_one_alone()
    {
        var all = await ConnectAsync("alice", "alice", "bob");

        await _manager.SendConnectionAsync(all[1].Id, "Event", ["x"], Token);
        await _manager.SendConnectionAsync("nobody", "Event", ["x"], Token);

        await AssertGotAsync(all, [1]);
    }

    [Fact]
    public async Task Connections_are_those()
    {
        var all = await ConnectAsync("alice", "alice", "bob");

        await _manager.SendConnectionsAsync([all[0].Id, all[2].Id, "nobody"], "Event", ["x"], Token);

        await AssertGotAsync(all, [0, 2]);
    }

    [Fact]
    public async Task A_user_is_all_of_their_connections()
    {
        var all = await ConnectAsync("alice", "bob", "alice", null);

        await _manager.SendUserAsync("alice", "Event", ["x"], Token);
        await _manager.SendUserAsync("nobody", "Event", ["x"], Token);

        await AssertGotAsync(all, [0, 2]);
    }

    [Fact]
    public async Task Users_named_twice_get_it_once()
    {
        var all = await ConnectAsync("alice", "bob", "carol");

        await _manager.SendUsersAsync(["alice", "bob", "alice"], "Event", ["x"], Token);

        await AssertGotAsync(all, [0, 1]);
    }

    [Fact]
    public async Task A_group_is_whoever_was_added_and_not_removed_since()
    {
        var all = await ConnectAsync("alice", "bob", "carol");
        foreach (var connection in all)
            await _manager.AddToGroupAsync(connection.Id, "sailors", Token);
        await _manager.AddToGroupAsync(all[0].Id, "sailors", Token);
        await _manager.RemoveFromGroupAsync(all[1].Id, "sailors", Token);
        await _manager.RemoveFromGroupAsync(all[1].Id, "rowers", Token);

        await _manager.SendGroupAsync("sailors", "Event", ["x"], Token);

        await AssertGotAsync(all, [0, 2]);
    }

    [Fact]
    public async Task Groups_are_all_of_theirs()
    {
        var all = await ConnectAsync("alice", "bob", "carol");
        await _manager.AddToGroupAsync(all[0].Id, "sailors", Token);
        await _manager.AddToGroupAsync(all[1].Id, "rowers", Token);

        await _manager.SendGroupsAsync(["sailors", "rowers", "nobody"], "Event", ["x"], Token);

        await AssertGotAsync(all, [0, 1]);
    }

    [Fact]
    public async Task A_group_but_some_leaves_them_out()
    {
        var all = await ConnectAsync("alice", "bob", "carol");
        foreach (var connection in all.Take(2))
            await _manager.AddToGroupAsync(connection.Id, "sailors", Token);

        await _manager.SendGroupExceptAsync("sailors", "Event", ["x"], [all[0].Id], Token);

        await AssertGotAsync(all, [1]);
    }

    [Fact]
    public async Task Who_has_gone_gets_nothing_and_is_in_no_group()
    {
        var all = await ConnectAsync("alice", "alice", "bob");
        await _manager.AddToGroupAsync(all[0].Id, "sailors", Token);
        await _manager.OnDisconnectedAsync(all[0].Hub);
        await _manager.AddToGroupAsync(all[0].Id, "sailors", Token);

        await _manager.SendUserAsync("alice", "Event", ["x"], Token);
        await _manager.SendGroupAsync("sailors", "Event", ["x"], Token);
        await _manager.SendConnectionAsync(all[0].Id, "Event", ["x"], Token);

        await AssertGotAsync(all[1..], [0]);
    }

    private async Task<FakeConnection[]> ConnectAsync(params string?[] users)
    {
        var connections = users.Select(user => new FakeConnection(user)).ToArray();
        foreach (var connection in connections)
            await _manager.OnConnectedAsync(connection.Hub);
        return connections;
    }

    /// <summary>These got the event, once; the others nothing.</summary>
    private async Task AssertGotAsync(FakeConnection[] connections, int[] receivers)
    {
        await _manager.SendAllAsync("End", ["x"], Token);
        for (var i = 0; i < connections.Length; i++)
        {
            if (receivers.Contains(i))
                Assert.Equal("Event", await connections[i].NextTargetAsync());
            Assert.Equal("End", await connections[i].NextTargetAsync());
        }
    }
}
