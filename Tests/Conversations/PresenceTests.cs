using ChatHub.Contracts;
using ChatHub.Server.Delivery;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.Conversations;

/// <summary>Presence: only between people with an open chat who both show it, and not for every flicker of a connection.</summary>
public sealed class PresenceTests(ClockServer server) : IClassFixture<ClockServer>
{
    private static readonly TimeSpan ComeDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan GoneDelay = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task Coming_and_going_is_told_to_the_peer_with_the_time_of_leaving()
    {
        var chat = await SettledAsync();
        Assert.True((await chat.Alice.ProfileAsync(chat.Bob)).IsOnline);

        await LeaveAsync(chat.Bob);
        var left = await server.Time.PassUntilAsync(chat.Alice.Heard.Presence.NextAsync());
        Assert.Equal((chat.Bob.Id, false), (left.UserId, left.IsOnline));
        var profile = await chat.Alice.ProfileAsync(chat.Bob);
        Assert.False(profile.IsOnline);
        Assert.InRange(server.Time.GetUtcNow() - profile.LastSeenAt!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(6));
        Assert.Equal(0, profile.LastSeenAt.Value.ToUnixTimeMilliseconds() % TimeSpan.FromMinutes(5).TotalMilliseconds);

        await using var back = await ComeAsync(chat.Bob.Account);
        var came = await server.Time.PassUntilAsync(chat.Alice.Heard.Presence.NextAsync());
        Assert.Equal((chat.Bob.Id, true), (came.UserId, came.IsOnline));
    }

    [Fact]
    public async Task A_reconnect_within_5_seconds_is_seen_by_nobody()
    {
        var chat = await SettledAsync();
        var other = await ComeAsync(chat.Bob.Account);
        await chat.Bob.DisposeAsync();
        server.Time.Advance(GoneDelay);
        await LeaveAsync(other);
        server.Time.Advance(TimeSpan.FromSeconds(4));
        await using var back = await ComeAsync(chat.Bob.Account);
        server.Time.Advance(GoneDelay);
        Assert.True((await chat.Alice.ProfileAsync(chat.Bob)).IsOnline);
        await HeardNoPresenceAsync(chat.Alice);
    }

    [Fact]
    public async Task Strangers_and_who_asks_or_is_asked_see_nothing()
    {
        await using var alice = await server.ArriveAsync("alice");
        await using var bob = await server.ArriveAsync("bob");
        await alice.RequestAsync(bob);
        await using var carol = await server.ArriveAsync("carol");
        await carol.FollowAsync(bob);
        await bob.FollowAsync(carol);
        // Opened, still empty: bob knows nothing of it.
        await carol.OpenAsync(bob);
        foreach (var (viewer, other) in ((Device, Device)[])[(alice, bob), (bob, alice), (carol, bob), (bob, carol)])
        {
            var profile = await viewer.ProfileAsync(other);
            Assert.Equal((null, null), (profile.IsOnline, profile.LastSeenAt));
        }

        await HeardNoPresenceAsync(alice, carol);
    }

    [Fact]
    public async Task Whoever_hides_theirs_sees_nobodys()
    {
        var chat = await SettledAsync();
        await chat.Bob.SetAsync(presence: false);
        Assert.Equal((chat.Bob.Id, false), await NextAsync(chat.Alice));
        Assert.Null((await chat.Alice.ProfileAsync(chat.Bob)).IsOnline);
        Assert.Null((await chat.Bob.ProfileAsync(chat.Alice)).IsOnline);

        // Nothing is told while it is hidden, nor is what happened meanwhile afterwards.
        await using var carol = await server.ArriveAsync("carol");
        await carol.AcceptAsync((await chat.Alice.RequestAsync(carol)).Request.RequestId);
        await LeaveAsync(chat.Alice);
        Assert.Equal((chat.Alice.Id, false), await server.Time.PassUntilAsync(NextAsync(carol)));
        await using var alice = await ComeAsync(chat.Alice.Account);
        Assert.Equal((chat.Alice.Id, true), await server.Time.PassUntilAsync(NextAsync(carol)));

        await chat.Bob.SetAsync(presence: true);
        Assert.Equal((chat.Bob.Id, true), await NextAsync(alice));
        Assert.True((await alice.ProfileAsync(chat.Bob)).IsOnline);
        await HeardNoPresenceAsync(chat.Bob);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Blocking_and_switching_messaging_off_hide_it_without_a_sign(bool byBlocking)
    {
        var chat = await SettledAsync();
        if (byBlocking)
            await chat.Bob.BlockAsync(chat.Alice);
        else
            await chat.Bob.SetAsync(MessagingPolicy.Nobody);
        Assert.Null((await chat.Alice.ProfileAsync(chat.Bob)).IsOnline);
        Assert.Null((await chat.Bob.ProfileAsync(chat.Alice)).IsOnline);

        await LeaveAsync(chat.Bob);
        server.Time.Advance(GoneDelay);
        await using var back = await ComeAsync(chat.Bob.Account);
        server.Time.Advance(ComeDelay);
        Assert.Equal((null, null), ((await chat.Alice.ProfileAsync(chat.Bob)).IsOnline, (await chat.Alice.ProfileAsync(chat.Bob)).LastSeenAt));
        await HeardNoPresenceAsync(chat.Alice);
    }

    [Fact]
    public async Task Showing_and_hiding_it_while_messaging_is_off_is_seen_by_nobody()
    {
        var chat = await SettledAsync();

        await chat.Bob.SetAsync(MessagingPolicy.Nobody);
        await chat.Bob.SetAsync(presence: false);
        await chat.Bob.SetAsync(presence: true);
        await chat.Bob.SetAsync(presence: false);
        // Nor does the call that switches messaging on or off tell what it shows or hides at the same time.
        await chat.Bob.SetAsync(MessagingPolicy.Everyone, presence: true);
        await chat.Bob.SetAsync(MessagingPolicy.Nobody, presence: false);

        await HeardNoPresenceAsync(chat.Alice);
    }

    /// <summary>A chat of which both know that the other is there.</summary>
    private async Task<Chat> SettledAsync()
    {
        var chat = await server.MeetAsync();
        Assert.Equal((chat.Bob.Id, true), await server.Time.PassUntilAsync(NextAsync(chat.Alice)));
        Assert.Equal((chat.Alice.Id, true), await server.Time.PassUntilAsync(NextAsync(chat.Bob)));
        return chat;
    }

    private static async Task<(string, bool)> NextAsync(Device device)
    {
        var e = await device.Heard.Presence.NextAsync();
        return (e.UserId, e.IsOnline);
    }

    /// <summary>Connected as the server sees it.</summary>
    private static async Task<Device> ComeAsync(Account account)
    {
        var device = await account.ConnectAsync();
        await device.Heard.Positions.NextAsync();
        return device;
    }

    /// <summary>Gone as the server sees it: it notices a closed socket in its own time.</summary>
    private async Task LeaveAsync(Device device)
    {
        var connections = server.Services.GetRequiredService<LiveConnections>();
        await device.DisposeAsync();
        await Task.Run(async () =>
        {
            while (connections.OfUser(device.Id).Length > 0)
                await Task.Delay(10, TestTimeouts.Token);
        }).SoonAsync();
    }

    /// <summary>A turn of somebody else is the next thing that they hear: nothing came before it.</summary>
    private async Task HeardNoPresenceAsync(params Device[] viewers)
    {
        await using var dora = await server.ArriveAsync("dora");
        foreach (var viewer in viewers)
        {
            var sent = await dora.RequestAsync(viewer);
            await viewer.AcceptAsync(sent.Request.RequestId);
        }

        foreach (var viewer in viewers)
            Assert.Equal((dora.Id, true), await server.Time.PassUntilAsync(NextAsync(viewer)));
    }
}
