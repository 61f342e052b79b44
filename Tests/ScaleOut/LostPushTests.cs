using System.Diagnostics;
using ChatHub.Server.Delivery.Redis;
using ChatHub.Tests.Faults;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.ScaleOut;

/// <summary>
/// What an instance committed and never published: connections on the others get it within one interval of positions, without
/// a reconnect.
/// </summary>
public sealed class LostPushTests(ITestOutputHelper output)
{
    private const int Messages = 20;

    // Each user's position comes every 30 seconds; then they sync.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Syncing = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Instance_killed_between_commit_and_push_others_resync()
    {
        await using var cluster = await Cluster.StartAsync(2);
        await using var way = new TcpProxy(cluster.Redis.Address);
        await using var doomed = await ServerProcess.StartAsync([("Redis:Configuration", way.Address.Authority), .. cluster[0].Database.Settings]);
        await Cluster.ReadyAsync(doomed);
        await using var load = await ChatLoads.StartAsync(cluster, 3);
        await using var scene = await Listeners.StartAsync(cluster);
        await using var alice = await Device.ConnectAsync(doomed.Address, scene.Alice);
        await alice.Received.Positions.NextAsync();
        await alice.SayAsync(scene.ChatId, "pushed");
        await scene.ReceivedAsync(1, TestTimeouts.Limit);

        // It commits and responds, and what it publishes gets no further than the network.
        way.Stall();
        await Task.WhenAll(Enumerable.Range(0, Messages).Select(i => alice.SayAsync(scene.ChatId, $"lost {i}")));
        await doomed.KillAsync();
        var clock = Stopwatch.StartNew();
        // The round of one of the two may come right now.
        Assert.Contains(1, scene.Counts);

        await scene.ReceivedAsync(1 + Messages, Interval);

        output.WriteLine($"resynced after {clock.Elapsed.TotalSeconds:0.0} s");
        // Sooner than that, even: once its lease has timed out.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, RedisPresence.Lease + Syncing);
        scene.AssertStayedConnected();
        await load.EndAsync();
    }

    [Fact]
    public async Task Instance_never_connected_to_redis_others_resync_with_the_next_position()
    {
        await using var cluster = await Cluster.StartAsync(2);
        // Without Redis the others do not know that it is there: nothing but a round of positions can show what it does.
        await using var alone = await ServerProcess.StartAsync(cluster[0].Database.Settings);
        await using var scene = await Listeners.StartAsync(cluster);
        await using var alice = await Device.ConnectAsync(alone.Address, scene.Alice);

        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Messages).Select(i => alice.SayAsync(scene.ChatId, $"lost {i}")));
        await alone.KillAsync();

        await scene.ReceivedAsync(Messages, Interval + Syncing);

        output.WriteLine($"resynced after {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Interval + Syncing);
        scene.AssertStayedConnected();
    }

    /// <summary>Bob's applications on both instances, which only listen, and alice, who will write to him.</summary>
    private sealed class Listeners : IAsyncDisposable
    {
        private readonly List<TcpProxy> _lines = [];
        private readonly List<LoadClient> _applications = [];
        private readonly List<Device> _phones = [];

        private Listeners(Account alice, string chatId) => (Alice, ChatId) = (alice, chatId);

        public Account Alice { get; }
        public string ChatId { get; }

        /// <summary>How many messages each has received.</summary>
        public IEnumerable<int> Counts => _applications.Select(application => application.Received(ChatId).Count);

        public static async Task<Listeners> StartAsync(Cluster cluster)
        {
            await using var chat = await cluster[0].OpenChatAsync();
            var listeners = new Listeners(chat.Alice.Account, chat.Id);
            for (var i = 0; i < 2; i++)
            {
                var line = new TcpProxy(cluster[i].Address);
                listeners._lines.Add(line);
                listeners._applications.Add(await LoadClient.StartAsync(chat.Bob.Account, line.Address));
                // A position comes with each connection, to all that its user has: after the last one only rounds are left.
                var phone = await Device.ConnectAsync(cluster[i].Address, chat.Bob.Account);
                listeners._phones.Add(phone);
                await phone.Received.Positions.NextAsync();
            }

            return listeners;
        }

        public Task ReceivedAsync(int count, TimeSpan patience) =>
            Task.WhenAll(_applications.Select(application => application.ReceivedAsync(ChatId, count, patience)));

        /// <summary>None resynced by a reconnect.</summary>
        public void AssertStayedConnected() => Assert.All(_lines, line => Assert.Equal(1, line.Accepted));

        public async ValueTask DisposeAsync()
        {
            foreach (var phone in _phones)
                await phone.DisposeAsync();
            foreach (var application in _applications)
                await application.DisposeAsync();
            foreach (var line in _lines)
                await line.DisposeAsync();
        }
    }
}
