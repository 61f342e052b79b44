using System.Diagnostics;
using ChatHub.Server.Delivery;
using ChatHub.Tests.Infrastructure;
using StackExchange.Redis;
using Xunit;

namespace ChatHub.Tests.Delivery;

/// <summary>Presence over two instances, in a real Redis.</summary>
[Collection(nameof(SerialCollection))]
public sealed class SharedPresenceTests : IAsyncLifetime
{
    // Of an instance that has lost Redis.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(300);

    private readonly ReceivedQueue<(Instance, string, bool)> _announced = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _announcing = Task.CompletedTask;
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
        _announcing = AnnounceAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _announcing;
        _stop.Dispose();
        foreach (var instance in (Instance?[])[_here, _there])
            await (instance?.DisposeAsync() ?? default);
        await (_redis?.DisposeAsync() ?? default);
    }

    [Fact]
    public async Task User_on_several_instances_is_online_once_and_one_of_them_announces_it()
    {
        var bob = await There.ConnectAsync("bob");
        Assert.Equal((There, "bob", true), await NextAsync());
        Assert.True(await IsOnlineAsync(Here, "bob"));
        var carol = await There.ConnectAsync("carol");
        Assert.Equal((There, "carol", true), await NextAsync());

        // A move to another instance is no transition: it would be announced before that of carol, who goes later.
        var moved = await Here.ConnectAsync("bob");
        await There.DisconnectAsync(bob);
        await There.DisconnectAsync(carol);
        Assert.Equal((There, "carol", false), await NextAsync());
        Assert.True(await IsOnlineAsync(There, "bob"));

        await Here.DisconnectAsync(moved);
        Assert.Equal((Here, "bob", false), await NextAsync());
        Assert.False(await IsOnlineAsync(There, "bob"));
        Assert.False(await IsOnlineAsync(Here, "bob"));
    }

    [Fact]
    public async Task Connections_are_counted_over_all_instances()
    {
        await There.ConnectAsync("bob");
        var second = await There.ConnectAsync("bob");
        Assert.Equal(3, await Here.Presence.ConnectedAsync(Instance.RefOf("bob")));

        await There.DisconnectAsync(second);

        var clock = Stopwatch.StartNew();
        while (await Here.Presence.ConnectedAsync(Instance.RefOf("bob")) is var count)
        {
            Here.Presence.Disconnected(Instance.RefOf("bob"));
            if (count == 3)
                break;
            Assert.True(clock.Elapsed < TestTimeouts.Limit);
        }
    }

    [Fact]
    public async Task Instance_stopped_its_users_are_announced_as_offline_by_another()
    {
        await There.ConnectAsync("bob");
        Assert.Equal((There, "bob", true), await NextAsync());

        await There.DisposeAsync();

        Assert.Equal((Here, "bob", false), await NextAsync());
        Assert.False(await IsOnlineAsync(Here, "bob"));
    }

    [Fact]
    public async Task Instance_stopped_a_crowd_that_moves_causes_no_presence_storm()
    {
        const int crowd = 1_000;
        await GatherAsync(There);
        for (var i = 0; i < crowd; i++)
            Assert.True((await NextAsync()).IsOnline);

        await There.DisposeAsync();
        await GatherAsync(Here);

        // The next transition that is announced is of a user who connects now, and disconnects after all that was pending.
        var other = await Here.ConnectAsync("alice");
        Assert.Equal((Here, "alice", true), await NextAsync());
        await Here.DisconnectAsync(other);
        Assert.Equal((Here, "alice", false), await NextAsync());

        // Not all at once: what waits in line before the pings of a session would end it.
        static async Task GatherAsync(Instance instance)
        {
            foreach (var some in Enumerable.Range(0, crowd).Chunk(250))
                await Task.WhenAll(some.Select(i => instance.ConnectAsync($"user {i}")));
        }
    }

    [Fact]
    public async Task Redis_restarted_empty_presence_is_registered_again_and_nothing_announced_twice()
    {
        await There.ConnectAsync("bob");
        Assert.Equal((There, "bob", true), await NextAsync());
        await _redis!.KillAsync();
        var dave = await Here.ConnectAsync("dave");
        // Certain without the others.
        Assert.Equal((Here, "dave", true), await NextAsync());
        await _redis.RunAsync();

        // And again for those who could not be reached.
        Assert.Equal((Here, "dave", true), await NextAsync());
        await OnlineAsync(There, "dave");
        await OnlineAsync(Here, "bob");
        await Here.DisconnectAsync(dave);
        Assert.Equal((Here, "dave", false), await NextAsync());
    }

    [Fact]
    public async Task Redis_away_going_offline_is_announced_when_it_is_back()
    {
        var bob = await There.ConnectAsync("bob");
        Assert.Equal((There, "bob", true), await NextAsync());
        await _redis!.KillAsync();
        await There.DisconnectAsync(bob);
        await There.GoneLongEnoughAsync("bob");

        // Who comes online meanwhile is announced, in a round that has passed bob over.
        await There.ConnectAsync("carol");
        Assert.Equal((There, "carol", true), await NextAsync());

        await _redis.RunAsync();

        // Carol may be announced again, too: the other instance could not be reached.
        var next = await NextAsync();
        Assert.Equal((There, "bob", false), next == (There, "carol", true) ? await NextAsync() : next);
    }

    [Fact]
    public async Task Redis_restarted_empty_user_who_moved_meanwhile_is_not_announced_as_offline()
    {
        var (beforeTime, afterTime) = (new ManualTime(), new ManualTime());
        await using var before = await Instance.StartAsync(_redis!.Configuration, beforeTime);
        await using var after = await Instance.StartAsync(_redis.Configuration, afterTime);
        var bob = await before.ConnectAsync("bob");
        await beforeTime.AdvanceUntilAsync(AnnouncedOnlineAsync(before, "bob"));
        await _redis.KillAsync();
        await before.ReachesRedisAsync(false);
        await after.ReachesRedisAsync(false);
        await after.ConnectAsync("bob");
        await afterTime.AdvanceUntilAsync(AnnouncedOnlineAsync(after, "bob"));
        await before.DisconnectAsync(bob);
        beforeTime.Advance(PresenceTracker.OfflineDelay);
        Assert.True(before.IsGoing("bob"));

        // The instance that bob has left is the first one back.
        await _redis.RunAsync();
        await beforeTime.AdvanceUntilAsync(before.ReachesRedisAsync(true), RetryAfter);
        await OnlineAsync(before, "bob");
        Assert.Empty(await before.Presence.DequeueDueAsync());
        await afterTime.AdvanceUntilAsync(after.ReachesRedisAsync(true), RetryAfter);
        await TestTimeouts.EventuallyAsync(() => before.Presence.IsConnectedAsync(Instance.RefOf("bob")));

        await beforeTime.AdvanceUntilAsync(TestTimeouts.EventuallyAsync(async () =>
        {
            Assert.Empty(await before.Presence.DequeueDueAsync());
            return !before.IsGoing("bob");
        }));
        Assert.True(await IsOnlineAsync(before, "bob"));
    }

    [Fact]
    public async Task Instance_taken_for_dead_that_comes_back_announces_its_users_once_more()
    {
        await using var client = await ConnectionMultiplexer.ConnectAsync(_redis!.Configuration);
        var others = Leases(client);
        // Its clock stands still: it sends no heartbeats.
        var time = new ManualTime();
        await using var paused = await Instance.StartAsync(_redis.Configuration, time);
        await paused.ConnectAsync("bob");
        await time.AdvanceUntilAsync(AnnouncedOnlineAsync(paused, "bob"));
        Assert.True(await client.GetDatabase().KeyDeleteAsync(Leases(client).Except(others).Single()));
        var (_, user, isOnline) = await NextAsync();
        Assert.Equal(("bob", false), (user, isOnline));
        Assert.False(await IsOnlineAsync(Here, "bob"));

        await time.AdvanceUntilAsync(AnnouncedOnlineAsync(paused, "bob"));
        await OnlineAsync(Here, "bob");
    }

    private static RedisKey[] Leases(ConnectionMultiplexer client) =>
        [.. client.GetServers()[0].Keys(pattern: "*:lease:*")];

    private static async Task<bool> AnnouncedOnlineAsync(Instance instance, string user)
    {
        await TestTimeouts.EventuallyAsync(async () =>
            (await instance.Presence.DequeueDueAsync()).Any(transition => transition.IsOnline && transition.User.Id == user));
        return true;
    }

    /// <summary>Once the instance has reached Redis again, and the user's own has registered them there.</summary>
    private static Task OnlineAsync(Instance instance, string user) =>
        TestTimeouts.EventuallyAsync(async () => await IsOnlineAsync(instance, user) is true);

    private static Task<bool?> IsOnlineAsync(Instance instance, string user) => instance.Presence.IsOnlineAsync(Instance.RefOf(user));

    /// <summary>The next transition that any instance announces.</summary>
    private Task<(Instance By, string User, bool IsOnline)> NextAsync() => _announced.NextAsync();

    /// <summary>Dequeues the transitions of both instances, as their services do.</summary>
    private async Task AnnounceAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            foreach (var instance in (Instance[])[Here, There])
            {
                foreach (var transition in await instance.Presence.DequeueDueAsync())
                    _announced.Add((instance, transition.User.Id, transition.IsOnline));
            }

            await Task.Delay(20, CancellationToken.None);
        }
    }
}
