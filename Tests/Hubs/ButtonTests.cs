using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hubs;

/// <summary>Profiles: follows, and the message button through the life of two people's acquaintance.</summary>
public sealed class ButtonTests(SharedServer server)
{
    [Fact]
    public async Task The_button_follows_a_request_from_first_sight_to_the_chat()
    {
        await using var alice = await server.ConnectAsync("alice");
        await using var bob = await server.ConnectAsync("bob");
        Assert.Equal(new() { State = ButtonState.Request }, await ButtonAsync(alice, bob));
        Assert.Equal(new() { State = ButtonState.Hidden }, await ButtonAsync(alice, alice));

        var id = (await alice.RequestAsync(bob)).Request.RequestId;
        Assert.Equal(new() { State = ButtonState.Pending, RequestId = id }, await ButtonAsync(alice, bob));
        Assert.Equal(new() { State = ButtonState.Respond, RequestId = id }, await ButtonAsync(bob, alice));

        await bob.Hub.DeleteRequest(new() { RequestId = id });
        Assert.Equal(new() { State = ButtonState.Pending, RequestId = id }, await ButtonAsync(alice, bob));
        Assert.Equal(new() { State = ButtonState.Request }, await ButtonAsync(bob, alice));

        await alice.Hub.WithdrawRequest(new() { RequestId = id });
        Assert.Equal(new() { State = ButtonState.Request }, await ButtonAsync(alice, bob));

        var chat = (await bob.RequestAsync(alice)).Request.RequestId;
        var opened = (await alice.AcceptAsync(chat)).Conversation.ConversationId;
        Assert.Equal(new() { State = ButtonState.Message, ConversationId = opened }, await ButtonAsync(alice, bob));
        Assert.Equal(new() { State = ButtonState.Message, ConversationId = opened }, await ButtonAsync(bob, alice));
    }

    [Fact]
    public async Task Button_of_a_follower_is_message()
    {
        await using var alice = await server.ConnectAsync("alice");
        await using var bob = await server.ConnectAsync("bob");
        await bob.Hub.Follow(new() { UserId = alice.Id });

        Assert.Equal(new() { State = ButtonState.Message }, await ButtonAsync(alice, bob));
        Assert.Equal(new() { State = ButtonState.Request }, await ButtonAsync(bob, alice));
    }

    [Fact]
    public async Task Follow_is_counted_once_and_returns_the_profile()
    {
        await using var alice = await server.ConnectAsync("alice");
        await using var bob = await server.ConnectAsync("bob");

        for (var i = 0; i < 2; i++)
        {
            var profile = await alice.Hub.Follow(new() { UserId = bob.Id });
            Assert.Equal((true, false, 1, 0), (profile.YouFollow, profile.FollowsYou, profile.FollowerCount, profile.FollowingCount));
        }

        var seenByBob = await bob.Hub.GetProfile(new() { Username = alice.Account.Username.ToUpperInvariant() });
        Assert.Equal((false, true, 0, 1), (seenByBob.YouFollow, seenByBob.FollowsYou, seenByBob.FollowerCount, seenByBob.FollowingCount));

        for (var i = 0; i < 2; i++)
        {
            var profile = await alice.Hub.Unfollow(new() { UserId = bob.Id });
            Assert.Equal((false, 0), (profile.YouFollow, profile.FollowerCount));
        }
    }

    [Fact]
    public async Task A_profile_is_found_by_one_name_of_the_two()
    {
        await using var alice = await server.ConnectAsync("alice");

        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, alice.Hub.GetProfile(new()));
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, alice.Hub.GetProfile(new() { UserId = alice.Id, Username = alice.Account.Username }));
        await Wire.RefusedAsync(ErrorCodes.UserNotFound, alice.Hub.GetProfile(new() { UserId = "unknown" }));
        await Wire.RefusedAsync(ErrorCodes.UserNotFound, alice.Hub.GetProfile(new() { Username = "unknown.user" }));
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, alice.Hub.Follow(new() { UserId = alice.Id }));
        await Wire.RefusedAsync(ErrorCodes.UserNotFound, alice.Hub.Unfollow(new() { UserId = "unknown" }));
    }

    private static async Task<MessageButton> ButtonAsync(Device viewer, Device other) =>
        (await viewer.Hub.GetProfile(new() { UserId = other.Id })).MessageButton;
}
