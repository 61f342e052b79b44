using System.Diagnostics;
using ChatHub.Server.Delivery;
using ChatHub.Tests.Faults;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.ScaleOut;

/// <summary>An instance is killed with -9: nothing is lost, and no user stays online who is not.</summary>
public sealed class CrashTests
{
    private static readonly TimeSpan OfflineWithin = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Instance_killed_its_clients_converge_elsewhere_and_its_other_users_go_offline()
    {
        await using var cluster = await Cluster.StartAsync(3);
        await using var pair = await cluster[0].OpenChatAsync();
        await using var watched = await cluster[0].OpenChatAsync();
        // Carol's application knows no other address.
        await using var carol = await Device.ConnectAsync(cluster[1].Address, watched.Bob.Account);
        await watched.Bob.DisposeAsync();
        // Long enough that coming online was announced, before or after they met.
        await Task.Delay(PresenceTracker.OnlineDelay * 4, TestTimeouts.Token);
        watched.Alice.Received.Presence.TakeAll();
        Assert.True((await watched.Alice.ProfileAsync(watched.Bob)).IsOnline);

        await using var alice = await LoadClient.StartAsync(pair.Alice.Account, cluster[1].Address, cluster[0].Address, cluster[2].Address);
        await using var bob = await LoadClient.StartAsync(pair.Bob.Account, cluster[2].Address);
        await using var talk = new ChatLoad(pair.Id, alice, bob);
        await talk.GoOnAsync();

        await cluster[1].KillAsync();
        var clock = Stopwatch.StartNew();

        await talk.GoOnAsync();
        // Each has everything, once and in order, and that it was committed is enough.
        await talk.EndAsync();
        var gone = await watched.Alice.Received.Presence.NextAsync(OfflineWithin);
        Assert.Equal((watched.Bob.Id, false), (gone.UserId, gone.IsOnline));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, OfflineWithin);
        while ((await watched.Alice.ProfileAsync(watched.Bob)).IsOnline is true)
        {
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, OfflineWithin);
            await Task.Delay(50, TestTimeouts.Token);
        }

        // Announced once, though two instances were left.
        await Task.Delay(TimeSpan.FromSeconds(1), TestTimeouts.Token);
        Assert.Empty(watched.Alice.Received.Presence.TakeAll());
    }
}
