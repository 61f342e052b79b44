using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Requests;

/// <summary>Blocking, with all that hangs on it, and unblocking.</summary>
public sealed class BlockTests(SharedServer server)
{
    [Fact]
    public async Task Blocking_deletes_their_request_silently()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        await using var laptop = await bob.Account.ConnectAsync();
        var sent = await alice.RequestAsync(bob);
        await laptop.NextAsync<RequestReceived>();

        var blocked = await bob.BlockAsync(alice);
        Assert.Equal((2, true, 0), (blocked.Version, blocked.YouBlocked, blocked.Badges.PendingRequests));
        Assert.Equal([sent.Request.RequestId], blocked.RemovedRequestIds);
        Assert.Equal(Wire.Json(blocked), Wire.Json(await laptop.NextAsync<BlockChanged>()));
        Assert.Empty(await bob.FolderAsync());
        await Wire.RefusedAsync(ErrorCodes.RequestClosed, bob.AcceptAsync(sent.Request.RequestId));

        Assert.Equal(RequestState.Pending, (await alice.Hub.GetRequest(new() { RequestId = sent.Request.RequestId })).State);
        await alice.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task Blocking_withdraws_the_own_request_and_the_other_side_sees_a_withdrawal()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        var sent = await alice.RequestAsync(bob);
        await bob.NextAsync<RequestReceived>();

        var blocked = await alice.BlockAsync(bob);
        Assert.Equal((sent.Request.RequestId, RequestState.Withdrawn), (blocked.WithdrawnRequest?.RequestId, blocked.WithdrawnRequest?.State));
        Assert.Empty(blocked.RemovedRequestIds);
        var removed = await bob.NextAsync<RequestRemoved>();
        Assert.Equal((2, sent.Request.RequestId, 0), (removed.Version, removed.RequestId, removed.Badges.PendingRequests));
        await bob.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task Blocking_both_ways_of_one_pair_takes_what_each_has_sent()
    {
        // Bob turned alice's request down, and has one of his own from before.
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        var sent = await alice.RequestAsync(bob);
        await bob.DeleteAsync(sent.Request.RequestId);

        // A deleted one is withdrawn like any other, and leaves bob's folder of deleted ones.
        var blocked = await alice.BlockAsync(bob);
        Assert.Equal(RequestState.Withdrawn, blocked.WithdrawnRequest?.State);
        await bob.NextAsync<RequestReceived>();
        var removed = await bob.NextAsync<RequestRemoved>();
        Assert.Equal((3, sent.Request.RequestId), (removed.Version, removed.RequestId));
        await bob.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task A_blocked_chat_keeps_its_history_and_opens_again_when_unblocked()
    {
        await using var chat = await server.OpenChatAsync();
        await chat.Bob.SayAsync(chat.Id, "Hello!");
        await chat.Alice.NextAsync<MessageReceived>();

        var blocked = await chat.Alice.BlockAsync(chat.Bob);
        Assert.Equal((ConversationState.YouBlocked, 2, 1), (blocked.Conversation?.State, blocked.Conversation?.LastSeq, blocked.Badges.UnreadMessages));
        Assert.Equal(ConversationState.Unavailable, await chat.Bob.ChatStateAsync(chat.Id));
        Assert.Equal(ButtonState.Hidden, (await chat.Alice.ProfileAsync(chat.Bob)).MessageButton.State);
        foreach (var side in (Device[])[chat.Alice, chat.Bob])
            Assert.Equal(2, (await side.Hub.GetMessages(new() { ConversationId = chat.Id })).Items.Count);

        var unblocked = await chat.Alice.UnblockAsync(chat.Bob);
        Assert.Equal((false, ConversationState.Open), (unblocked.YouBlocked, unblocked.Conversation?.State));
        await chat.Bob.ReceivedNothingElseAsync();
        Assert.Equal(3, (await chat.Bob.SayAsync(chat.Id, "Again?")).Message.Seq);
    }

    [Fact]
    public async Task A_device_that_was_away_learns_of_it_by_Sync()
    {
        await using var chat = await server.OpenChatAsync();
        await using var laptop = await chat.Alice.Account.ConnectAsync();
        var seen = await laptop.VersionAsync();
        await laptop.DisposeAsync();

        await chat.Alice.BlockAsync(chat.Bob);
        Assert.Equal(ConversationState.YouBlocked, await ReturnAsync());
        await chat.Alice.UnblockAsync(chat.Bob);
        Assert.Equal(ConversationState.Open, await ReturnAsync());

        async Task<ConversationState> ReturnAsync()
        {
            await using var back = await chat.Alice.Account.ConnectAsync();
            var page = await back.Hub.Sync(new() { After = seen });
            Assert.Equal(seen + 1, page.Version);
            seen = page.Version;
            var conversation = Assert.Single(page.Conversations);
            Assert.Equal(chat.Id, conversation.ConversationId);
            return conversation.State;
        }
    }

    [Fact]
    public async Task Blocking_twice_answers_the_present_state_and_is_no_change()
    {
        await using var chat = await server.OpenChatAsync();
        var first = await chat.Alice.BlockAsync(chat.Bob);
        var again = await chat.Alice.BlockAsync(chat.Bob);
        Assert.Equal(Wire.Json(first with { Version = 0 }), Wire.Json(again));
        var unblocked = await chat.Alice.UnblockAsync(chat.Bob);
        Assert.Equal(Wire.Json(unblocked with { Version = 0 }), Wire.Json(await chat.Alice.UnblockAsync(chat.Bob)));
        Assert.Equal(first.Version + 1, unblocked.Version);
    }

    [Fact]
    public async Task Follows_stand_and_only_the_blockers_own_lists_and_counts_leave_the_other_out()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        await alice.FollowAsync(bob);
        await bob.FollowAsync(alice);
        var before = await LookAsync(bob, alice);
        await alice.BlockAsync(bob);
        Assert.Equal(before, await LookAsync(bob, alice));
        var seen = await bob.ProfileAsync(alice);
        Assert.Equal((true, true, 1, 1), (seen.YouFollow, seen.FollowsYou, seen.FollowerCount, seen.FollowingCount));
        var own = await alice.ProfileAsync(bob);
        Assert.Equal((true, true, true), (own.YouFollow, own.FollowsYou, own.YouBlocked));

        Assert.Empty((await alice.Hub.ListFollowers(new())).Items);
        Assert.Empty((await alice.Hub.ListFollowing(new())).Items);
        var self = await alice.ProfileAsync(alice);
        Assert.Equal((0, 0), (self.FollowerCount, self.FollowingCount));

        // The blocked side goes on as before, and comes back with the end of the block.
        Assert.False((await bob.Hub.Unfollow(new() { UserId = alice.Id })).YouFollow);
        Assert.True((await bob.FollowAsync(alice)).YouFollow);
        Assert.Equal([alice.Id], (await bob.Hub.ListFollowing(new())).Items.Select(card => card.UserId));
        Assert.Empty((await alice.Hub.ListFollowers(new())).Items);
        await alice.UnblockAsync(bob);
        Assert.Equal([bob.Id], (await alice.Hub.ListFollowers(new())).Items.Select(card => card.UserId));
        self = await alice.ProfileAsync(alice);
        Assert.Equal((1, 1), (self.FollowerCount, self.FollowingCount));
    }

    /// <summary>All that a user reads of follows; the button is not of them.</summary>
    private static async Task<string> LookAsync(Device viewer, Device other) => string.Join('\n',
        Wire.Json(await viewer.ProfileAsync(other) with { MessageButton = new() { State = ButtonState.Hidden } }),
        Wire.Json(await viewer.ProfileAsync(viewer)),
        Wire.Json(await viewer.Hub.ListFollowers(new())),
        Wire.Json(await viewer.Hub.ListFollowing(new())));

    [Fact]
    public async Task Blocked_people_are_left_out_of_the_own_search_alone()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        await alice.BlockAsync(bob);
        Assert.Empty((await alice.Hub.SearchUsers(new() { Query = bob.Account.Username })).Items);
        Assert.Single((await bob.Hub.SearchUsers(new() { Query = alice.Account.Username })).Items);
        await alice.UnblockAsync(bob);
        Assert.Single((await alice.Hub.SearchUsers(new() { Query = bob.Account.Username })).Items);
    }

    [Fact]
    public async Task Block_of_oneself_or_an_unknown_user_is_refused()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, alice.BlockAsync(alice));
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, alice.FollowAsync(alice));
        await Wire.RefusedAsync(ErrorCodes.UserNotFound, alice.Hub.Block(new() { UserId = "nobody" }));
        await Wire.RefusedAsync(ErrorCodes.UserNotFound, alice.Hub.Unblock(new() { UserId = "nobody" }));
        await Wire.RefusedAsync(ErrorCodes.UserNotFound, alice.Hub.Follow(new() { UserId = "nobody" }));
    }
}
