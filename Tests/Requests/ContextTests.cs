using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Requests;

/// <summary>What GetRequest shows its recipient of how the sender stands to them.</summary>
public sealed class ContextTests(ClockServer server) : IClassFixture<ClockServer>
{
    [Fact]
    public async Task Only_the_recipient_sees_a_context_and_only_in_GetRequest()
    {
        var (alice, bob, id) = await AskedAsync();
        Assert.Null((await alice.Hub.GetRequest(new() { RequestId = id })).Context);
        Assert.Null((await bob.NextAsync<RequestReceived>()).Request.Context);
        Assert.Null(Assert.Single((await bob.Hub.ListRequests(new() { Direction = RequestDirection.Incoming })).Items).Context);

        var context = await ContextAsync(bob, id);
        Assert.Equal((null, false, false, 0, 0), (context.SenderJoined, context.YouFollow, context.FollowsYou, context.SharedFollowCount, context.EarlierRequests));
        Assert.Empty(context.SharedFollows);
    }

    [Fact]
    public async Task Context_holds_the_senders_month_of_joining_and_the_follows_until_blocked()
    {
        var bob = await server.ConnectUserAsync("bob");
        var account = await Account.BringAsync(server, new() { Username = Account.UniqueName("alice"), DisplayName = "Alice", CreatedAt = new(2025, 3, 31, 23, 59, 0, TimeSpan.Zero) });
        var alice = await account.ConnectAsync();
        await alice.FollowAsync(bob);
        var id = (await alice.RequestAsync(bob)).Request.RequestId;
        var context = await ContextAsync(bob, id);
        Assert.Equal(("2025-03", false, true), (context.SenderJoined, context.YouFollow, context.FollowsYou));
        await bob.FollowAsync(alice);
        Assert.True((await ContextAsync(bob, id)).YouFollow);

        await bob.BlockAsync(alice);
        context = await ContextAsync(bob, id);
        Assert.Equal((false, false), (context.YouFollow, context.FollowsYou));
        await bob.UnblockAsync(alice);
        context = await ContextAsync(bob, id);
        Assert.Equal((true, true), (context.YouFollow, context.FollowsYou));
    }

    [Fact]
    public async Task A_block_by_the_sender_changes_nothing_in_it()
    {
        var (alice, bob, id) = await AskedAsync();
        await alice.FollowAsync(bob);
        await bob.FollowAsync(alice);
        await bob.AcceptAsync(id);
        var before = Wire.Json(await bob.Hub.GetRequest(new() { RequestId = id }));
        await alice.BlockAsync(bob);
        Assert.Equal(before, Wire.Json(await bob.Hub.GetRequest(new() { RequestId = id })));
    }

    [Fact]
    public async Task Shared_follows_are_the_latest_first_without_removed_accounts_and_blocks_of_either_side()
    {
        var (alice, bob, id) = await AskedAsync();
        var others = new List<Device>();
        for (var i = 0; i < 8; i++)
        {
            var other = await server.ConnectUserAsync("other");
            others.Add(other);
            await bob.FollowAsync(other);
            if (i != 7)
                await other.FollowAsync(alice);
            server.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await AssertSharedAsync(7, others[6], others[5], others[4]);
        await server.EraseAsync(others[6]);
        await others[5].BlockAsync(alice);
        await alice.BlockAsync(others[4]);
        await others[3].BlockAsync(bob);
        await AssertSharedAsync(3, others[2], others[1], others[0]);
        await bob.BlockAsync(others[2]);
        await AssertSharedAsync(2, others[1], others[0]);
        await bob.Hub.Unfollow(new() { UserId = others[1].Id });
        await AssertSharedAsync(1, others[0]);

        async Task AssertSharedAsync(int count, params Device[] cards)
        {
            var context = await ContextAsync(bob, id);
            Assert.Equal(count, context.SharedFollowCount);
            Assert.Equal(cards.Select(card => card.Id), context.SharedFollows.Select(card => card.UserId));
        }
    }

    [Fact]
    public async Task Earlier_requests_of_a_year_are_counted_that_reached_the_recipient_and_ended()
    {
        var (alice, bob, id) = await AskedAsync();
        await alice.WithdrawAsync(id);
        id = await AgainAsync();
        Assert.Equal(1, (await ContextAsync(bob, id)).EarlierRequests);

        // Turned down, then withdrawn; the next two are suppressed and do not count, however they end.
        await bob.DeleteAsync(id);
        await alice.WithdrawAsync(id);
        await alice.WithdrawAsync(await AgainAsync());
        await AgainAsync();
        server.Time.Advance(TimeSpan.FromDays(30));
        id = await AgainAsync();
        Assert.Equal(2, (await ContextAsync(bob, id)).EarlierRequests);

        server.Time.Advance(TimeSpan.FromDays(30));
        id = await AgainAsync();
        Assert.Equal(3, (await ContextAsync(bob, id)).EarlierRequests);
        await alice.WithdrawAsync(id);
        server.Time.Advance(TimeSpan.FromDays(365) - TimeSpan.FromHours(24));
        id = await AgainAsync();
        Assert.Equal(0, (await ContextAsync(bob, id)).EarlierRequests);

        async Task<string> AgainAsync()
        {
            server.Time.Advance(TimeSpan.FromHours(24));
            return (await alice.RequestAsync(bob)).Request.RequestId;
        }
    }

    private async Task<(Device Alice, Device Bob, string Id)> AskedAsync()
    {
        var alice = await server.ConnectUserAsync("alice");
        var bob = await server.ConnectUserAsync("bob");
        return (alice, bob, (await alice.RequestAsync(bob)).Request.RequestId);
    }

    private static async Task<RequestContext> ContextAsync(Device recipient, string id) =>
        (await recipient.Hub.GetRequest(new() { RequestId = id })).Context!;
}
