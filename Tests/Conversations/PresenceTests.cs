using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Conversations;

/// <summary>Presence: only between people with an open chat who both show it, and not for every flicker of a connection.</summary>
public sealed class PresenceTests(ClockServer server) : IClassFixture<ClockServer>
{
    private static readonly TimeSpan ComeDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan GoneDelay = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task Presence_change_is_pushed_to_the_peer_with_the_last_seen_time()
    {
        var chat = await SettledAsync();
        Assert.True((await chat.Alice.ProfileAsync(chat.Bob)).IsOnline);

        await LeaveAsync(chat.Bob);
        var left = await server.Time.AdvanceUntilAsync(chat.Alice.Received.Presence.NextAsync());
        Assert.Equal((chat.Bob.Id, false), (left.UserId, left.IsOnline));
        var profile = await chat.Alice.ProfileAsync(chat.Bob);
        Assert.False(profile.IsOnline);
        Assert.InRange(server.Time.GetUtcNow() - profile.LastSeenAt!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(6));
        Assert.Equal(0, profile.LastSeenAt.Value.ToUnixTimeMilliseconds() % TimeSpan.FromMinutes(5).TotalMilliseconds);

        await using var back = await ComeAsync(chat.Bob.Account);
        var came = await server.Time.AdvanceUntilAsync(chat.Alice.Received.Presence.NextAsync());
        Assert.Equal((chat.Bob.Id, true), (came.UserId, came.IsOnline));
    }

    [Fact]
    public async Task Reconnect_within_5_seconds_raises_no_presence_event()
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
        await ReceivedNoPresenceAsync(chat.Alice);
    }

    [Fact]
    public async Task Presence_is_hidden_without_an_open_chat()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        await alice.RequestAsync(bob);
        await using var carol = await server.ConnectUserAsync("carol");
        await carol.FollowAsync(bob);
        await bob.FollowAsync(carol);
        // Opened, still empty: bob knows nothing of it.
        await carol.OpenAsync(bob);
        foreach (var (viewer, other) in ((Device, Device)[])[(alice, bob), (bob, alice), (carol, bob), (bob, carol)])
        {
            var profile = await viewer.ProfileAsync(other);
            Assert.Equal((null, null), (profile.IsOnline, profile.LastSeenAt));
        }

        await ReceivedNoPresenceAsync(alice, carol);
    }

    [Fact]
    public async Task Hidden_presence_hides_the_presence_of_others_too()
    {
        var chat = await SettledAsync();
        await chat.Bob.SetAsync(presence: false);
        Assert.Equal((chat.Bob.Id, false), await NextAsync(chat.Alice));
        Assert.Null((await chat.Alice.ProfileAsync(chat.Bob)).IsOnline);
        Assert.Null((await chat.Bob.ProfileAsync(chat.Alice)).IsOnline);

        // No event is raised while presence is hidden, nor later for what happened meanwhile.
        await using var carol = await server.ConnectUserAsync("carol");
        await carol.AcceptAsync((await chat.Alice.RequestAsync(carol)).Request.RequestId);
        await LeaveAsync(chat.Alice);
        Assert.Equal((chat.Alice.Id, false), await server.Time.AdvanceUntilAsync(NextAsync(carol)));
        await using var alice = await ComeAsync(chat.Alice.Account);
        Assert.Equal((chat.Alice.Id, true), await server.Time.AdvanceUntilAsync(NextAsync(carol)));

        await chat.Bob.SetAsync(presence: true);
        Assert.Equal((chat.Bob.Id, true), await NextAsync(alice));
        Assert.True((await alice.ProfileAsync(chat.Bob)).IsOnline);
        await ReceivedNoPresenceAsync(chat.Bob);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Blocking_and_messaging_off_hide_presence_without_an_event(bool byBlocking)
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
        await ReceivedNoPresenceAsync(chat.Alice);
    }

    [Fact]
    public async Task Presence_setting_changed_while_messaging_is_off_raises_no_event()
    {
        var chat = await SettledAsync();

        await chat.Bob.SetAsync(MessagingPolicy.Nobody);
        await chat.Bob.SetAsync(presence: false);
        await chat.Bob.SetAsync(presence: true);
        await chat.Bob.SetAsync(presence: false);
        // The call that switches messaging on or off raises no presence event either.
        await chat.Bob.SetAsync(MessagingPolicy.Everyone, presence: true);
        await chat.Bob.SetAsync(MessagingPolicy.Nobody, presence: false);

        await ReceivedNoPresenceAsync(chat.Alice);
    }

    [Fact]
    public async Task Who_leaves_while_the_disk_is_full_is_seen_to_go_and_when_is_stored_once_there_is_space()
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "The embedded database's alone.");
        using var disk = new SmallDisk(megabytes: 6);
        await using var full = await InProcessServer.StartAsync(("Storage:ConnectionString", $"Data Source={disk.File("chathub.db")}"));
        await using var chat = await SettledAsync(full, full.Time);
        disk.Fill();
        await Assert.ThrowsAsync<ChatHubException>(async () =>
        {
            // What fits into the blocks that the files have already is stored.
            for (var i = 0; i < 10_000; i++)
                await chat.Alice.SayAsync(chat.Id, new string('x', 4_000));
        });

        await chat.Bob.DisposeAsync();
        await full.Services.LeftAsync(chat.Bob.Id);
        Assert.Equal((chat.Bob.Id, false), await full.Time.AdvanceUntilAsync(NextAsync(chat.Alice)));
        Assert.Null((await chat.Alice.ProfileAsync(chat.Bob)).LastSeenAt);

        disk.Free();
        Assert.NotNull(await full.Time.AdvanceUntilAsync(LastSeenAsync()));

        async Task<DateTimeOffset?> LastSeenAsync()
        {
            DateTimeOffset? at = null;
            await TestTimeouts.EventuallyAsync(async () => (at = (await chat.Alice.ProfileAsync(chat.Bob)).LastSeenAt) is not null);
            return at;
        }
    }

    private Task<Chat> SettledAsync() => SettledAsync(server, server.Time);

    /// <summary>A chat of which both know that the other is there.</summary>
    private static async Task<Chat> SettledAsync(ITestServer server, ManualTime time)
    {
        var chat = await server.OpenChatAsync();
        Assert.Equal((chat.Bob.Id, true), await time.AdvanceUntilAsync(NextAsync(chat.Alice)));
        Assert.Equal((chat.Alice.Id, true), await time.AdvanceUntilAsync(NextAsync(chat.Bob)));
        return chat;
    }

    private static async Task<(string, bool)> NextAsync(Device device)
    {
        var e = await device.Received.Presence.NextAsync();
        return (e.UserId, e.IsOnline);
    }

    /// <summary>Connected as the server sees it.</summary>
    private static async Task<Device> ComeAsync(Account account)
    {
        var device = await account.ConnectAsync();
        await device.Received.Positions.NextAsync();
        return device;
    }

    /// <summary>Gone as the server sees it.</summary>
    private async Task LeaveAsync(Device device)
    {
        await device.DisposeAsync();
        await server.Services.LeftAsync(device.Id);
    }

    /// <summary>Another user's presence event is the marker: it is the next one received, so none came before it.</summary>
    private async Task ReceivedNoPresenceAsync(params Device[] viewers)
    {
        await using var dora = await server.ConnectUserAsync("dora");
        foreach (var viewer in viewers)
        {
            var sent = await dora.RequestAsync(viewer);
            await viewer.AcceptAsync(sent.Request.RequestId);
        }

        foreach (var viewer in viewers)
            Assert.Equal((dora.Id, true), await server.Time.AdvanceUntilAsync(NextAsync(viewer)));
    }
}
