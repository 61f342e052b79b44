using System.Globalization;
using ChatHub.Contracts;
using ChatHub.Server.Delivery;
using Xunit;

namespace ChatHub.Tests.Delivery;

/// <summary>The bounded queue of one connection, with a client that reads when the test says so.</summary>
public sealed class QueueTests
{
    private readonly Instance _instance = Instance.WithoutRedis();

    private IDelivery Delivery => _instance.Delivery;

    [Fact]
    public async Task Deliver_to_a_stalled_reader_never_waits_and_queued_events_arrive_in_order()
    {
        var client = await ConnectAsync(window: 1);

        Deliver(1, LiveConnection.MaxQueued);

        for (var version = 1; version <= LiveConnection.MaxQueued; version++)
            Assert.Equal($"{version}", (await client.ReceiveAsync()).Arguments[0]);
    }

    [Fact]
    public async Task Queue_that_overflows_is_cut_and_one_position_says_how_far_it_went()
    {
        var client = await ConnectAsync(window: 1);

        Deliver(1, 1_000);

        Assert.Equal("1", (await client.ReceiveAsync()).Arguments[0]);
        Assert.Equal(new Position { Epoch = "epoch", Version = 1_000 }, (await client.ReceiveAsync()).Arguments[0]);
        // It goes on where the position ended.
        Deliver(1_001, 1_002);
        Assert.Equal("1001", (await client.ReceiveAsync()).Arguments[0]);
        Assert.Equal("1002", (await client.ReceiveAsync()).Arguments[0]);
    }

    [Fact]
    public async Task Queue_can_be_cut_again_and_again()
    {
        var client = await ConnectAsync(window: 1);

        for (var round = 0; round < 3; round++)
        {
            var last = (round + 1) * 1_000;
            Deliver((round * 1_000) + 1, last);
            // How much comes one by one, and in how many cuts, is a matter of time; the order and the end are not.
            long reached = round * 1_000;
            while (reached < last)
            {
                var received = (await client.ReceiveAsync()).Arguments[0];
                var version = received is Position position ? position.Version : long.Parse((string)received!, CultureInfo.InvariantCulture);
                Assert.True(received is Position ? version > reached : version == reached + 1, $"{version} after {reached}");
                reached = version;
            }
        }
    }

    [Fact]
    public async Task Queue_half_full_drops_what_is_not_stored_first()
    {
        var client = await ConnectAsync(window: 1);
        Deliver(1, 200);

        for (var i = 0; i < 100; i++)
            Delivery.Deliver(new("bob", nameof(Typing), "typing", Version: null, ExceptConnectionId: null));

        Deliver(201, 250);
        for (var version = 1; version <= 250; version++)
            Assert.Equal($"{version}", (await client.ReceiveAsync()).Arguments[0]);
    }

    [Fact]
    public async Task Connection_that_stops_reading_delays_no_other_of_the_same_user()
    {
        await ConnectAsync(window: 1);
        var reader = await ConnectAsync(window: 1 << 20);

        for (var version = 1; version <= 1_000; version++)
        {
            Deliver(version, version);
            Assert.Equal($"{version}", (await reader.ReceiveAsync()).Arguments[0]);
        }
    }

    [Fact]
    public async Task Deliver_leaves_out_the_calling_connection()
    {
        var caller = await ConnectAsync();
        var other = await ConnectAsync();

        Delivery.Deliver(new("bob", "Event", "1", Version: 1, ExceptConnectionId: caller.Id));
        Deliver(2, 2);

        Assert.Equal("1", (await other.ReceiveAsync()).Arguments[0]);
        Assert.Equal("2", (await other.ReceiveAsync()).Arguments[0]);
        Assert.Equal("2", (await caller.ReceiveAsync()).Arguments[0]);
    }

    [Fact]
    public async Task Connection_aborted_others_are_not_disturbed()
    {
        var broken = await ConnectAsync(window: 1);
        var other = await ConnectAsync();
        Deliver(1, 10);

        broken.Hub.Abort();
        Deliver(11, 200);

        for (var version = 1; version <= 200; version++)
            Assert.Equal($"{version}", (await other.ReceiveAsync()).Arguments[0]);
    }

    private Task<FakeConnection> ConnectAsync(long window = 1 << 20) => _instance.ConnectAsync("bob", window);

    private void Deliver(int from, int to)
    {
        for (var version = from; version <= to; version++)
            Delivery.Deliver(new("bob", "Event", $"{version}", version, ExceptConnectionId: null));
    }
}
