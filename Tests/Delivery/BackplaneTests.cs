using System.Diagnostics;
using System.Globalization;
using ChatHub.Server.Delivery;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Delivery;

/// <summary>Events between two instances, over a real Redis.</summary>
[Collection(nameof(SerialCollection))]
public sealed class BackplaneTests : IAsyncLifetime
{
    private readonly ReceivedQueue<(Instance, string, bool)> _turns = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _turning = Task.CompletedTask;
    private RedisServer? _redis;
    private Instance? _here;
    private Instance? _there;

    private Instance Here => _here!;
    private Instance There => _there!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _here = await Instance.StartAsync(_redis.Configuration);
        _there = await Instance.StartAsync(_redis.Configuration);
        _turning = TurnAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _turning;
        _stop.Dispose();
        foreach (var instance in (Instance?[])[_here, _there])
            await (instance?.DisposeAsync() ?? default);
        await (_redis?.DisposeAsync() ?? default);
    }

    [Fact]
    public async Task Events_for_a_user_elsewhere_arrive_there_in_order_and_once()
    {
        var bob = await There.ConnectAsync("bob");
        var phone = await There.ConnectAsync("bob");

        for (var version = 1; version <= 1_000; version++)
            Deliver("bob", version);

        foreach (var connection in (FakeConnection[])[bob, phone])
        {
            for (var version = 1; version <= 1_000; version++)
                Assert.Equal($"{version}", (await connection.ReceiveAsync()).Arguments[0]);
        }
    }

    [Fact]
    public async Task The_calling_connection_is_left_out_there_too()
    {
        var caller = await There.ConnectAsync("bob");
        var other = await There.ConnectAsync("bob");

        Here.Delivery.Deliver(new("bob", "Event", "1", Version: 1, ExceptConnectionId: caller.Id));
        Deliver("bob", 2);

        Assert.Equal("1", (await other.ReceiveAsync()).Arguments[0]);
        Assert.Equal("2", (await caller.ReceiveAsync()).Arguments[0]);
    }

    [Fact]
    public async Task Nothing_is_published_for_whom_nobody_holds_elsewhere()
    {
        await Here.ConnectAsync("alice");
        var bob = await There.ConnectAsync("bob");
        var before = await PublishesAsync();

        for (var version = 1; version <= 5_000; version++)
            Deliver("alice", version);

        // Beats and pulses go on: a few a second.
        Assert.InRange(await PublishesAsync() - before, 0, 100);
        Deliver("bob", 1);
        Assert.Equal("1", (await bob.ReceiveAsync()).Arguments[0]);
    }

    [Fact]
    public async Task Many_events_at_once_share_their_publishes()
    {
        var bob = await There.ConnectAsync("bob");
        var before = await PublishesAsync();

        for (var version = 1; version <= 5_000; version++)
            Deliver("bob", version);
        for (var version = 1; version <= 5_000;)
        {
            // A reader that is slower than the writer is cut: then a position tells how far it went.
            var told = (await bob.ReceiveAsync()).Arguments[0];
            version = told is Contracts.Position position ? (int)position.Version + 1 : int.Parse((string)told!, CultureInfo.InvariantCulture) + 1;
        }

        Assert.InRange(await PublishesAsync() - before, 1, 1_000);
    }

    [Fact]
    public async Task A_crowd_that_connects_is_told_of_in_few_publishes()
    {
        var before = await PublishesAsync();

        await Task.WhenAll(Enumerable.Range(0, 10_000).Select(i => There.ConnectAsync($"user {i}")));

        // Bounded by the time it takes, and not by how many they are.
        Assert.InRange(await PublishesAsync() - before, 1, 1_500);
        Assert.True(Here.Presence.IsOnline("user 0"));
        Assert.True(Here.Presence.IsOnline("user 9999"));
    }

    [Fact]
    public async Task What_a_room_tells_reaches_its_listener_elsewhere_only()
    {
        var heard = new ReceivedQueue<IReadOnlyList<string>>();
        Here.Backplane.Listen("topic", _ => Assert.Fail("its own echo"));
        There.Backplane.Listen("topic", heard.Add);

        Here.Backplane.Tell("topic", "a", "");
        Here.Backplane.Tell("unheard", "b");
        Here.Backplane.Tell("topic", "c");

        Assert.Equal(["a", ""], await heard.NextAsync());
        Assert.Equal(["c"], await heard.NextAsync());
    }

    [Fact]
    public async Task Presence_is_one_over_all_instances_and_one_of_them_tells_it()
    {
        var bob = await There.ConnectAsync("bob");
        Assert.True(Here.Presence.IsOnline("bob"));
        Assert.Equal((There, "bob", true), await NextTurnAsync());

        await SettledAsync();
        // He moves: seen by nobody.
        var moved = await Here.ConnectAsync("bob");
        await There.DisconnectAsync(bob);
        await There.ConnectAsync("carol");
        Assert.Equal((There, "carol", true), await NextTurnAsync());
        Assert.True(There.Presence.IsOnline("bob"));

        await Here.DisconnectAsync(moved);
        Assert.Equal((Here, "bob", false), await NextTurnAsync());
        await IsOfflineAsync(There, "bob");
    }

    [Fact]
    public async Task An_instance_that_goes_leaves_its_users_to_another()
    {
        await There.ConnectAsync("bob");
        Assert.Equal((There, "bob", true), await NextTurnAsync());

        await SettledAsync();
        await There.DisposeAsync();

        Assert.Equal((Here, "bob", false), await NextTurnAsync());
    }

    [Fact]
    public async Task A_crowd_that_moves_to_another_instance_makes_no_presence_storm()
    {
        const int crowd = 1_000;
        await Task.WhenAll(Enumerable.Range(0, crowd).Select(i => There.ConnectAsync($"user {i}")));
        for (var i = 0; i < crowd; i++)
            Assert.True((await NextTurnAsync()).IsOnline);
        await SettledAsync();

        await There.DisposeAsync();
        await Task.WhenAll(Enumerable.Range(0, crowd).Select(i => Here.ConnectAsync($"user {i}")));

        // Whoever comes now is the first of whom anything is told.
        var other = await Here.ConnectAsync("alice");
        Assert.Equal((Here, "alice", true), await NextTurnAsync());
        await Here.DisconnectAsync(other);
        Assert.Equal((Here, "alice", false), await NextTurnAsync());
    }

    private void Deliver(string user, int version) =>
        Here.Delivery.Deliver(new(user, "Event", $"{version}", version, ExceptConnectionId: null));

    /// <summary>The next turn that any of them gives.</summary>
    private Task<(Instance By, string User, bool IsOnline)> NextTurnAsync() => _turns.NextAsync();

    /// <summary>Asks all instances for their turns, as their services do.</summary>
    private async Task TurnAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            foreach (var instance in (Instance[])[Here, There])
            {
                foreach (var turn in instance.Presence.TakeDue())
                    _turns.Add((instance, turn.User.Id, turn.IsOnline));
            }

            await Task.Delay(20, CancellationToken.None);
        }
    }

    /// <summary>Both have made the turns that one has given: they count from when they heard of it.</summary>
    private static Task SettledAsync() => Task.Delay(PresenceTracker.OnlineDelay * 2, TestTimeouts.Token);

    /// <summary>The other one has made the same turn, which it gives to nobody.</summary>
    private static async Task IsOfflineAsync(Instance instance, string user)
    {
        var clock = Stopwatch.StartNew();
        while (instance.Presence.IsOnline(user))
        {
            Assert.True(clock.Elapsed < TestTimeouts.Limit);
            await Task.Delay(20, TestTimeouts.Token);
        }
    }

    private async Task<long> PublishesAsync()
    {
        var stats = await _redis!.AskAsync("INFO commandstats");
        var line = stats.Split('\n').First(line => line.StartsWith("cmdstat_publish:calls=", StringComparison.Ordinal));
        return long.Parse(line.Split('=', ',')[1], CultureInfo.InvariantCulture);
    }
}
