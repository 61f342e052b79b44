using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Sync;

/// <summary>Position: where a client finds out that a push was lost without reconnecting.</summary>
public sealed class PositionTests(ClockServer server) : IClassFixture<ClockServer>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    // How often the server looks whose moment has come.
    private static readonly TimeSpan Step = Interval / 100;

    [Fact]
    public async Task Position_is_sent_to_every_user_about_every_30_seconds()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        Assert.Equal(0, (await alice.Received.Positions.NextAsync()).Version);
        Assert.Equal(0, (await bob.Received.Positions.NextAsync()).Version);
        await alice.SetAsync(receipts: false);

        var me = await alice.Hub.GetMe(new());
        var notified = await server.Time.AdvanceUntilAsync(alice.Received.Positions.NextAsync());
        Assert.Equal((me.Epoch, 1), (notified.Epoch, notified.Version));
        Assert.Equal(0, (await server.Time.AdvanceUntilAsync(bob.Received.Positions.NextAsync())).Version);
    }

    [Fact]
    public async Task Position_rounds_are_spread_over_the_interval()
    {
        var hubs = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            var account = await Account.SignUpAsync(server, "alice");
            var hub = await RawHub.ConnectAsync(server, account.Token);
            await hub.NextPositionAsync();
            return hub;
        }));

        var early = await PassAsync(hubs, Interval / 2);
        var late = await PassAsync(hubs, Interval / 2);

        Assert.All(early.Zip(late), notified => Assert.Equal(1, notified.First + notified.Second));
        Assert.InRange(early.Sum(), 1, hubs.Length - 1);
        foreach (var hub in hubs)
            hub.Dispose();
    }

    /// <summary>How many positions each of them gets meanwhile.</summary>
    private async Task<int[]> PassAsync(RawHub[] hubs, TimeSpan time)
    {
        await server.Time.TimerSetAsync(Step).SoonAsync();
        server.Time.Advance(time);
        await server.Time.TimerSetAsync(Step).SoonAsync();
        return await Task.WhenAll(hubs.Select(CountPositionsAsync));
    }

    /// <summary>Those that were sent by now: they come before the answer of a call.</summary>
    private static async Task<int> CountPositionsAsync(RawHub hub)
    {
        await hub.SendAsync("""{"type":1,"invocationId":"count","target":"GetMe","arguments":[{}]}""");
        var count = 0;
        while (await hub.ReceiveAsync() is { } message && !message.TryGetProperty("invocationId", out _))
            count += message.TryGetProperty("target", out var target) && target.GetString() == nameof(IChatClient.Position) ? 1 : 0;
        return count;
    }
}
