using System.Diagnostics;
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
        // One on each instance that is left, whose going offline comes after all that the crash causes.
        await using var dave = await MeetAsync(cluster[0], watched.Alice);
        await using var erin = await MeetAsync(cluster[2], watched.Alice);
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
        Assert.Equal(watched.Bob.Id, await NextOfflineAsync(watched.Alice));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, OfflineWithin);
        while ((await watched.Alice.ProfileAsync(watched.Bob)).IsOnline is true)
        {
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, OfflineWithin);
            await Task.Delay(50, TestTimeouts.Token);
        }

        // Announced once, though two instances were left.
        await dave.DisposeAsync();
        await erin.DisposeAsync();
        string[] next = [await NextOfflineAsync(watched.Alice), await NextOfflineAsync(watched.Alice)];
        Assert.Equal(new[] { dave.Id, erin.Id }.Order(), next.Order());
    }

    private static async Task<Device> MeetAsync(ServerProcess server, Device alice)
    {
        var other = await server.ConnectUserAsync("other");
        await alice.AcceptAsync((await other.RequestAsync(alice)).Request.RequestId);
        return other;
    }

    /// <summary>The next user who is announced as offline. That they came online is announced where the chat was open by then.</summary>
    private static async Task<string> NextOfflineAsync(Device viewer)
    {
        while (true)
        {
            var e = await viewer.Received.Presence.NextAsync(OfflineWithin);
            if (!e.IsOnline)
                return e.UserId;
        }
    }
}
