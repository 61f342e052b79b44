using System.Diagnostics;
using ChatHub.Contracts;
using ChatHub.Tests.Faults;
using ChatHub.Tests.Infrastructure;
using Xunit;

[assembly: AssemblyFixture(typeof(ChatHub.Tests.ScaleOut.SharedCluster))]

namespace ChatHub.Tests.ScaleOut;

/// <summary>Three server processes on one database and one Redis, for all tests that do them no harm.</summary>
public sealed class SharedCluster : IAsyncDisposable
{
    private readonly Lazy<Task<Cluster>> _cluster = new(() => Cluster.StartAsync(3));

    public Task<Cluster> GetAsync() => _cluster.Value;

    public async ValueTask DisposeAsync()
    {
        if (_cluster.IsValueCreated)
            await (await _cluster.Value).DisposeAsync();
    }
}

/// <summary>People on different instances see each other's doings live.</summary>
public sealed class LiveTests(SharedCluster shared)
{
    [Fact]
    public async Task The_story_is_live_from_request_to_green_across_instances()
    {
        var cluster = await shared.GetAsync();
        await using var alice = await cluster[0].ArriveReachedAsync("alice");
        await using var bob = await cluster[1].ArriveReachedAsync("bob");
        await using var phone = await ConnectReachedAsync(cluster[2], bob.Account);

        var sent = await alice.RequestAsync(bob);
        Assert.Equal(sent.Request.RequestId, (await bob.NextAsync<RequestReceived>()).Request.RequestId);
        await phone.NextAsync<RequestReceived>();
        var accepted = await bob.AcceptAsync(sent.Request.RequestId);
        var told = await alice.NextAsync<RequestAccepted>();
        Assert.Equal(accepted.Conversation.ConversationId, told.Conversation.ConversationId);
        Assert.Equal(accepted.Version, (await phone.NextAsync<RequestAccepted>()).Version);

        var chat = told.Conversation.ConversationId;
        await alice.Hub.SetTyping(new() { ConversationId = chat });
        Assert.Equal(alice.Id, (await bob.Heard.Typing.NextAsync()).UserId);
        Assert.Equal(alice.Id, (await phone.Heard.Typing.NextAsync()).UserId);

        var said = await alice.SayAsync(chat, "Hello across");
        foreach (var device in (Device[])[bob, phone])
            Assert.Equal(Wire.Json(said.Message), Wire.Json((await device.NextAsync<MessageReceived>()).Message));
        var seen = await phone.SeeAsync(chat, said.Message.Seq);
        Assert.Equal((said.Message.Seq, bob.Id), ((await alice.NextAsync<MessagesSeen>()) is var e ? (e.Seq, e.SeenBy) : default));
        Assert.Equal(seen.Version, (await bob.NextAsync<MessagesSeen>()).Version);
    }

    [Fact]
    public async Task Applications_on_the_SDK_see_every_message_once_and_in_order()
    {
        var cluster = await shared.GetAsync();
        await using var chat = await cluster[0].MeetAsync();
        await using var alice = await Talker.StartAsync(chat.Alice.Account, cluster[0].Address);
        await using var bob = await Talker.StartAsync(chat.Bob.Account, cluster[1].Address);
        await using var laptop = await Talker.StartAsync(chat.Bob.Account, cluster[2].Address);
        await using var talk = new Talk(chat.Id, alice, bob);

        for (var i = 0; i < 5; i++)
            await talk.GoOnAsync();
        await talk.EndAsync();
        await laptop.ToldAsync(chat.Id, alice.Said.Count + bob.Said.Count);
        Assert.Equal(bob.Told(chat.Id).Select(Wire.Json), laptop.Told(chat.Id).Select(Wire.Json));
    }

    [Fact]
    public async Task Going_and_coming_back_on_another_instance_is_seen_on_a_third()
    {
        var cluster = await shared.GetAsync();
        await using var chat = await cluster[0].MeetAsync();
        await chat.Bob.DisposeAsync();
        await GoneAsync(chat.Alice, chat.Bob);

        // What was told meanwhile depends on when they met.
        chat.Alice.Heard.Presence.TakeAll();
        await using var bob = await ConnectReachedAsync(cluster[2], chat.Bob.Account);
        while (!(await chat.Alice.Heard.Presence.NextAsync()).IsOnline)
        {
            // The end of having gone may come after the profile said so.
        }

        Assert.True((await chat.Alice.ProfileAsync(chat.Bob)).IsOnline);
        await bob.DisposeAsync();
        var gone = await chat.Alice.Heard.Presence.NextAsync();
        Assert.Equal((chat.Bob.Id, false), (gone.UserId, gone.IsOnline));
        await using var third = await ConnectReachedAsync(cluster[1], chat.Alice.Account);
        var profile = await GoneAsync(third, chat.Bob);
        Assert.NotNull(profile.LastSeenAt);
    }

    [Fact]
    public async Task A_ban_is_told_on_every_instance_and_holds_on_the_next_call()
    {
        var cluster = await shared.GetAsync();
        await using var chat = await cluster[0].MeetAsync();
        await using var elsewhere = await ConnectReachedAsync(cluster[2], chat.Bob.Account);

        await cluster[1].BanAsync(chat.Bob, hours: 1);

        foreach (var device in (Device[])[chat.Bob, elsewhere])
        {
            Assert.True((await device.NextAsync<MeChanged>()).Me.IsBanned);
            await Wire.RefusedAsync(ErrorCodes.MessagingBanned, device.SayAsync(chat.Id, "Hello?"));
        }
    }

    [Fact]
    public async Task A_block_holds_on_the_next_call_to_any_instance()
    {
        var cluster = await shared.GetAsync();
        await using var chat = await cluster[0].MeetAsync();
        await using var elsewhere = await ConnectReachedAsync(cluster[1], chat.Alice.Account);

        await chat.Bob.BlockAsync(chat.Alice);

        await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, elsewhere.SayAsync(chat.Id, "Hello?"));
    }

    [Fact]
    public async Task An_erased_account_is_closed_on_every_instance_at_once()
    {
        var cluster = await shared.GetAsync();
        await using var bob = await cluster[0].ArriveReachedAsync("bob");
        using var elsewhere = await RawHub.ConnectAsync(cluster[1], bob.Account.Token);
        await elsewhere.NextPositionAsync();

        await cluster[2].EraseAsync(bob);

        await elsewhere.ClosedAsync();
    }

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task The_official_JavaScript_client_tells_the_story_across_two_instances(string protocol)
    {
        var cluster = await shared.GetAsync();
        Assert.Equal(["story told"], await Node.RunAsync("story.mjs", [$"{cluster[0].Address}", protocol, $"{cluster[1].Address}"], []));
    }

    /// <summary>The profile once it says that the other has gone: each instance counts from when it heard of it.</summary>
    private static async Task<Profile> GoneAsync(Device viewer, Device other)
    {
        var clock = Stopwatch.StartNew();
        Profile profile;
        while ((profile = await viewer.ProfileAsync(other)).IsOnline == true)
        {
            Assert.True(clock.Elapsed < TestTimeouts.Limit, "Gone, and still read as online.");
            await Task.Delay(50, TestTimeouts.Token);
        }

        return profile;
    }

    private static async Task<Device> ConnectReachedAsync(ServerProcess server, Account account)
    {
        var device = await Device.ConnectAsync(server.Address, account);
        await device.Heard.Positions.NextAsync();
        return device;
    }
}
