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

/// <summary>Events between people on different instances are live.</summary>
public sealed class LiveTests(SharedCluster shared)
{
    [Fact]
    public async Task Story_from_request_to_green_across_instances_is_live()
    {
        var cluster = await shared.GetAsync();
        await using var alice = await cluster[0].ArriveSubscribedAsync("alice");
        await using var bob = await cluster[1].ArriveSubscribedAsync("bob");
        await using var phone = await ConnectSubscribedAsync(cluster[2], bob.Account);

        var sent = await alice.RequestAsync(bob);
        Assert.Equal(sent.Request.RequestId, (await bob.NextAsync<RequestReceived>()).Request.RequestId);
        await phone.NextAsync<RequestReceived>();
        var accepted = await bob.AcceptAsync(sent.Request.RequestId);
        var received = await alice.NextAsync<RequestAccepted>();
        Assert.Equal(accepted.Conversation.ConversationId, received.Conversation.ConversationId);
        Assert.Equal(accepted.Version, (await phone.NextAsync<RequestAccepted>()).Version);

        var chat = received.Conversation.ConversationId;
        await alice.Hub.SetTyping(new() { ConversationId = chat });
        Assert.Equal(alice.Id, (await bob.Received.Typing.NextAsync()).UserId);
        Assert.Equal(alice.Id, (await phone.Received.Typing.NextAsync()).UserId);

        var said = await alice.SayAsync(chat, "Hello across");
        foreach (var device in (Device[])[bob, phone])
            Assert.Equal(Wire.Json(said.Message with { ClientId = null }), Wire.Json((await device.NextAsync<MessageReceived>()).Message));
        var seen = await phone.SeeAsync(chat, said.Message.Seq);
        Assert.Equal((said.Message.Seq, bob.Id), ((await alice.NextAsync<MessagesSeen>()) is var e ? (e.Seq, e.SeenBy) : default));
        Assert.Equal(seen.Version, (await bob.NextAsync<MessagesSeen>()).Version);
    }

    [Fact]
    public async Task Applications_on_the_SDK_across_instances_get_every_message_once_and_in_order()
    {
        var cluster = await shared.GetAsync();
        await using var chat = await cluster[0].OpenChatAsync();
        await using var alice = await LoadClient.StartAsync(chat.Alice.Account, cluster[0].Address);
        await using var bob = await LoadClient.StartAsync(chat.Bob.Account, cluster[1].Address);
        await using var laptop = await LoadClient.StartAsync(chat.Bob.Account, cluster[2].Address);
        await using var talk = new ChatLoad(chat.Id, alice, bob);

        for (var i = 0; i < 5; i++)
            await talk.GoOnAsync();
        await talk.EndAsync();
        await laptop.ReceivedAsync(chat.Id, alice.Said.Count + bob.Said.Count);
        Assert.Equal(bob.Received(chat.Id).Select(Wire.Json), laptop.Received(chat.Id).Select(Wire.Json));
    }

    [Fact]
    public async Task Presence_change_on_another_instance_is_announced_on_a_third()
    {
        var cluster = await shared.GetAsync();
        await using var chat = await cluster[0].OpenChatAsync();
        await chat.Alice.Received.Positions.NextAsync();
        await chat.Bob.DisposeAsync();
        await GoneAsync(chat.Alice, chat.Bob);

        // What was announced meanwhile depends on when they met.
        chat.Alice.Received.Presence.TakeAll();
        await using var bob = await ConnectSubscribedAsync(cluster[2], chat.Bob.Account);
        while (!(await chat.Alice.Received.Presence.NextAsync()).IsOnline)
        {
            // The end of having gone may come after the profile said so.
        }

        Assert.True((await chat.Alice.ProfileAsync(chat.Bob)).IsOnline);
        await bob.DisposeAsync();
        var gone = await chat.Alice.Received.Presence.NextAsync();
        Assert.Equal((chat.Bob.Id, false), (gone.UserId, gone.IsOnline));
        await using var third = await ConnectSubscribedAsync(cluster[1], chat.Alice.Account);
        var profile = await GoneAsync(third, chat.Bob);
        Assert.NotNull(profile.LastSeenAt);
    }

    [Fact]
    public async Task Ban_is_published_on_every_instance_and_holds_on_the_next_call()
    {
        var cluster = await shared.GetAsync();
        await using var chat = await cluster[0].OpenChatAsync();
        await chat.Bob.Received.Positions.NextAsync();
        await using var elsewhere = await ConnectSubscribedAsync(cluster[2], chat.Bob.Account);

        await cluster[1].BanAsync(chat.Bob, hours: 1);

        foreach (var device in (Device[])[chat.Bob, elsewhere])
        {
            Assert.True((await device.NextAsync<MeChanged>()).Me.IsBanned);
            await Wire.RefusedAsync(ErrorCodes.MessagingBanned, device.SayAsync(chat.Id, "Hello?"));
        }
    }

    [Fact]
    public async Task Block_holds_on_the_next_call_to_any_instance()
    {
        var cluster = await shared.GetAsync();
        await using var chat = await cluster[0].OpenChatAsync();
        await using var elsewhere = await ConnectSubscribedAsync(cluster[1], chat.Alice.Account);

        await chat.Bob.BlockAsync(chat.Alice);

        await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, elsewhere.SayAsync(chat.Id, "Hello?"));
    }

    [Fact]
    public async Task Erased_account_connections_on_every_instance_are_closed_at_once()
    {
        var cluster = await shared.GetAsync();
        await using var bob = await cluster[0].ArriveSubscribedAsync("bob");
        using var elsewhere = await RawHub.ConnectAsync(cluster[1], bob.Account.Token);
        await elsewhere.NextPositionAsync();

        await cluster[2].EraseAsync(bob);

        await elsewhere.ClosedAsync();
    }

    [Fact]
    public async Task A_session_that_is_signed_out_is_closed_on_every_instance_at_once_and_no_other()
    {
        var cluster = await shared.GetAsync();
        var alice = await Account.SignUpAsync(cluster[0], "alice");
        var signedIn = await cluster[0].SignInAsync(alice);
        using var signedOut = await RawHub.ConnectAsync(cluster[1], signedIn.AccessToken());
        await signedOut.NextPositionAsync();
        await using var other = await ConnectSubscribedAsync(cluster[1], alice);

        await cluster[2].HttpAsync("DELETE", "/api/sessions/current", new(Cookie: signedIn.RefreshCookie()));

        await signedOut.ClosedAsync();
        Assert.Equal(alice.Id, (await other.Hub.GetMe(new())).User.UserId);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task Official_JavaScript_client_across_two_instances_completes_the_story(string protocol)
    {
        var cluster = await shared.GetAsync();
        Assert.Equal(["story completed"], await Node.RunAsync("story.mjs", [$"{cluster[0].Address}", protocol, $"{cluster[1].Address}"], []));
    }

    /// <summary>The profile once it reads as offline.</summary>
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

    private static async Task<Device> ConnectSubscribedAsync(ServerProcess server, Account account)
    {
        var device = await Device.ConnectAsync(server.Address, account);
        await device.Received.Positions.NextAsync();
        return device;
    }
}
