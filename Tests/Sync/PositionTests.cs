using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Sync;

/// <summary>Position: where a client finds out that a push was lost without reconnecting.</summary>
public sealed class PositionTests(ClockServer server) : IClassFixture<ClockServer>
{
    [Fact]
    public async Task Every_user_is_told_about_every_30_seconds()
    {
        await using var alice = await server.ArriveAsync("alice");
        await using var bob = await server.ArriveAsync("bob");
        Assert.Equal(0, (await alice.Heard.Positions.NextAsync()).Version);
        Assert.Equal(0, (await bob.Heard.Positions.NextAsync()).Version);
        await alice.SetAsync(receipts: false);

        var me = await alice.Hub.GetMe(new());
        var told = await server.Time.PassUntilAsync(alice.Heard.Positions.NextAsync());
        Assert.Equal((me.Epoch, 1), (told.Epoch, told.Version));
        Assert.Equal(0, (await bob.Heard.Positions.NextAsync()).Version);
    }
}
