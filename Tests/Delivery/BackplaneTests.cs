using System.Diagnostics;
using System.Globalization;
using ChatHub.Contracts;
using ChatHub.Server.Delivery;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Delivery;

/// <summary>Events between two instances, over a real Redis.</summary>
[Collection(nameof(SerialCollection))]
public sealed class BackplaneTests : IAsyncLifetime
{
    private RedisServer? _redis;
    private Instance? _here;
    private Instance? _there;

    private RedisServer Redis => _redis!;
    private Instance Here => _here!;
    private Instance There => _there!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _here = await Instance.StartAsync(_redis.Configuration);
        _there = await Instance.StartAsync(_redis.Configuration);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in (Instance?[])[_here, _there])
            await (instance?.DisposeAsync() ?? default);
        await (_redis?.DisposeAsync() ?? default);
    }

    [Fact]
    public async Task Deliver_user_on_another_instance_receives_events_in_order_and_once()
    {
        var bob = await There.ConnectAsync("bob");
        var phone = await There.ConnectAsync("bob");

        Deliver("bob", 1, 1_000);

        await AssertReceivedAsync(bob, 1, 1_000);
        await AssertReceivedAsync(phone, 1, 1_000);
    }

    [Fact]
    public async Task Deliver_user_on_both_instances_receives_events_in_order_and_once()
    {
        var here = await Here.ConnectAsync("bob");
        var there = await There.ConnectAsync("bob");

        Deliver("bob", 1, 1_000);

        await AssertReceivedAsync(here, 1, 1_000);
        await AssertReceivedAsync(there, 1, 1_000);
        // Nothing of them was on its way twice.
        Deliver("bob", 1_001, 1_001);
        await AssertReceivedAsync(there, 1_001, 1_001);
        await AssertReceivedAsync(here, 1_001, 1_001);
    }

    [Fact]
    public async Task Deliver_calling_connection_is_left_out_by_every_way()
    {
        var caller = await Here.ConnectAsync("bob");
        var phone = await Here.ConnectAsync("bob");
        var laptop = await There.ConnectAsync("bob");

        Here.Delivery.Deliver(new("bob", "Event", "1", Version: 1, ExceptConnectionId: caller.Id));
        await AssertReceivedAsync(laptop, 1, 1);
        Deliver("bob", 2, 2);

        await AssertReceivedAsync(phone, 1, 2);
        await AssertReceivedAsync(laptop, 2, 2);
        await AssertReceivedAsync(caller, 2, 2);
    }

    [Fact]
    public async Task Deliver_within_a_trace_is_published_to_redis_within_it_and_received_as_ever()
    {
        var bob = await There.ConnectAsync("bob");
        var published = new TaskCompletionSource<Activity>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "ChatHub.Delivery",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => published.TrySetResult(activity),
        };
        ActivitySource.AddActivityListener(listener);

        using var trace = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        Deliver("bob", 1, 1);
        trace.Stop();

        var span = await published.Task.SoonAsync();
        Assert.Equal(("chathub.backplane.publish", trace.TraceId, trace.SpanId), (span.OperationName, span.TraceId, span.ParentSpanId));
        await AssertReceivedAsync(bob, 1, 1);
    }

    [Fact]
    public async Task Subscriptions_exist_only_where_the_user_is_connected()
    {
        var alice = await Here.ConnectAsync("alice");
        Assert.Equal(1, await SubscribersAsync("alice"));
        var elsewhere = await There.ConnectAsync("alice");
        await There.ConnectAsync("alice");
        Assert.Equal(2, await SubscribersAsync("alice"));

        await Here.DisconnectAsync(alice);
        await There.DisconnectAsync(elsewhere);

        await TestTimeouts.EventuallyAsync(async () => await SubscribersAsync("alice") == 1);
    }

    [Fact]
    public async Task Deliver_burst_that_outruns_the_reader_ends_in_its_last_version()
    {
        var bob = await There.ConnectAsync("bob");

        Deliver("bob", 1, 5_000);

        for (var version = 1; version <= 5_000;)
        {
            // A reader that is slower than the writer is cut: then a position says how far the versions went.
            var received = (await bob.ReceiveAsync()).Arguments[0];
            version = received is Position position ? (int)position.Version + 1 : int.Parse((string)received!, CultureInfo.InvariantCulture) + 1;
        }
    }

    [Fact]
    public async Task Crowd_of_10000_costs_two_subscriptions_and_one_registration_each()
    {
        const int crowd = 10_000;
        var (subscribes, registrations) = (await CallsAsync("subscribe"), await CallsAsync("hset"));

        // Not all at once: what waits in line before the pings of a session would end it.
        foreach (var some in Enumerable.Range(0, crowd).Chunk(500))
            await Task.WhenAll(some.Select(i => There.ConnectAsync($"user {i}")));

        Assert.InRange(await CallsAsync("subscribe") - subscribes, crowd, (2 * crowd) + 10);
        Assert.InRange(await CallsAsync("hset") - registrations, crowd, crowd + 100);
        Assert.Equal(2, await Here.Presence.ConnectedAsync(Instance.RefOf("user 0")));
        Assert.Equal(2, await Here.Presence.ConnectedAsync(Instance.RefOf("user 9999")));
    }

    [Fact]
    public async Task Publish_topic_reaches_its_handler_on_other_instances_only()
    {
        var received = new ReceivedQueue<IReadOnlyList<string>>();
        Here.Backplane.Subscribe("topic", _ => Assert.Fail("its own message"));
        There.Backplane.Subscribe("topic", received.Add);

        Here.Backplane.Publish("topic", "a", "");
        Here.Backplane.Publish("unknown", "b");
        await Redis.AskAsync("PUBLISH chathub:control {");
        Here.Backplane.Publish("topic", "c");

        Assert.Equal(["a", ""], await received.NextAsync());
        Assert.Equal(["c"], await received.NextAsync());
    }

    [Fact]
    public async Task Close_closes_the_users_connections_on_other_instances_and_no_others()
    {
        var bob = await There.ConnectAsync("bob");
        var carol = await There.ConnectAsync("carol");

        Here.Backplane.Close("bob");

        await TestTimeouts.EventuallyAsync(() => bob.Hub.ConnectionAborted.IsCancellationRequested);
        Assert.False(carol.Hub.ConnectionAborted.IsCancellationRequested);
    }

    [Fact]
    public async Task Redis_killed_local_delivery_goes_on_and_everything_is_back_with_it()
    {
        var alice = await Here.ConnectAsync("alice");
        var bob = await There.ConnectAsync("bob");
        await There.Manager.AddToGroupAsync(bob.Id, "sailors", TestTimeouts.Token);
        await Redis.KillAsync();
        await TestTimeouts.EventuallyAsync(() => Here.Backplane.State == BackplaneState.Down && There.Backplane.State == BackplaneState.Down);

        // Accepted, registered and served at once, as every connection here.
        var carol = await Here.ConnectAsync("carol");
        Assert.True(await Here.Presence.IsOnlineAsync(Instance.RefOf("carol")));
        Assert.Null(await Here.Presence.IsOnlineAsync(Instance.RefOf("bob")));
        Deliver("alice", 1, 10);
        Deliver("carol", 1, 10);
        await AssertReceivedAsync(alice, 1, 10);
        await AssertReceivedAsync(carol, 1, 10);
        await Here.Manager.SendAllAsync("Event", ["11"], TestTimeouts.Token);
        await AssertReceivedAsync(alice, 11, 11);
        await AssertReceivedAsync(carol, 11, 11);

        var missed = new ReceivedQueue<bool>();
        There.Backplane.MessagesMissed += () => missed.Add(true);
        await Redis.RunAsync();
        // From its own session, or from the other instance's.
        await missed.NextAsync();
        await TestTimeouts.EventuallyAsync(async () => await SubscribersAsync("carol") == 1 && await SubscribersAsync("bob") == 1);
        Deliver("bob", 1, 10);
        await AssertReceivedAsync(bob, 1, 10);
        await Here.Manager.SendGroupAsync("sailors", "Event", ["11"], TestTimeouts.Token);
        await AssertReceivedAsync(bob, 11, 11);
        await There.ConnectAsync("carol");
        Assert.True(await There.Presence.IsOnlineAsync(Instance.RefOf("alice")) is not null);
    }

    [Fact]
    public async Task Redis_paused_no_call_waits_and_what_does_not_fit_is_reported_as_missed()
    {
        var alice = await Here.ConnectAsync("alice");
        await There.ConnectAsync("bob");
        var missed = new ReceivedQueue<bool>();
        There.Backplane.MessagesMissed += () => missed.Add(true);
        await Redis.PauseAsync();
        var clock = Stopwatch.StartNew();

        for (var version = 1; version <= 50_000; version++)
            Deliver("bob", version, version);
        Deliver("alice", 1, 10);
        await AssertReceivedAsync(alice, 1, 10);
        await Here.ConnectAsync("carol");

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await Redis.ResumeAsync();
        await missed.NextAsync();
    }

    private void Deliver(string user, int from, int to)
    {
        for (var version = from; version <= to; version++)
            Here.Delivery.Deliver(new(user, "Event", $"{version}", version, ExceptConnectionId: null));
    }

    private static async Task AssertReceivedAsync(FakeConnection connection, int from, int to)
    {
        for (var version = from; version <= to; version++)
            Assert.Equal($"{version}", (await connection.ReceiveAsync()).Arguments[0]);
    }

    /// <summary>How many instances receive what is sent to the user.</summary>
    private async Task<int> SubscribersAsync(string user)
    {
        var response = await Redis.AskAsync($"PUBSUB NUMSUB Microsoft.AspNetCore.SignalR.Hub:group:user:{user}");
        return int.Parse(response.Split('\n').First(line => line.StartsWith(':'))[1..], CultureInfo.InvariantCulture);
    }

    private async Task<long> CallsAsync(string command)
    {
        var stats = await Redis.AskAsync("INFO commandstats");
        var line = stats.Split('\n').FirstOrDefault(line => line.StartsWith($"cmdstat_{command}:calls=", StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.Split('=', ',')[1], CultureInfo.InvariantCulture);
    }
}
