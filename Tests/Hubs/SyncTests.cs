using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hubs;

/// <summary>Catching up: what changed since a version, each item once, in pages that split no version.</summary>
public sealed class SyncTests(SharedServer server)
{
    [Fact]
    public async Task Sync_from_0_returns_everything_once_in_its_latest_state()
    {
        await using var chat = await server.OpenChatAsync();
        await chat.Alice.SayAsync(chat.Id, "Hello");
        await chat.Alice.SayAsync(chat.Id, "Hello again");
        await using var carol = await server.ConnectAsync("carol");
        var pending = await carol.RequestAsync(chat.Bob);

        var page = await chat.Bob.Hub.Sync(new() { After = 0 });

        var me = await chat.Bob.Hub.GetMe(new());
        Assert.Equal((me.Epoch, me.Version, false, false), (page.Epoch, page.Version, page.HasMore, page.Reset));
        Assert.Equal(Wire.Json(me with { Settings = me.Settings with { HiddenWords = null } }), Wire.Json(page.Me));
        Assert.Equal(
            Wire.Json(await chat.Bob.Hub.GetConversation(new() { ConversationId = chat.Id })), Wire.Json(Assert.Single(page.Conversations)));
        Assert.Equal([chat.RequestId, pending.Request.RequestId], page.Requests.Select(r => r.RequestId));
        Assert.Empty(page.RemovedRequestIds);
    }

    [Fact]
    public async Task Sync_returns_only_later_changes()
    {
        await using var chat = await server.OpenChatAsync();
        var version = await chat.Bob.VersionAsync();

        var nothing = await chat.Bob.Hub.Sync(new() { After = version });
        Assert.Equal((version, 0, 0, 0), (nothing.Version, nothing.Conversations.Count, nothing.Requests.Count, nothing.RemovedRequestIds.Count));

        await chat.Alice.SayAsync(chat.Id, "Hello");
        var changed = await chat.Bob.Hub.Sync(new() { After = version, Epoch = nothing.Epoch });
        Assert.Equal((version + 1, 1, 0), (changed.Version, changed.Conversations.Count, changed.Requests.Count));
    }

    [Fact]
    public async Task Sync_returns_a_seen_mark_to_both_sides()
    {
        await using var chat = await server.OpenChatAsync();
        await chat.Alice.SayAsync(chat.Id, "Hello");
        var before = (Alice: await chat.Alice.VersionAsync(), Bob: await chat.Bob.VersionAsync());

        await chat.Bob.SeeAsync(chat.Id, 2);

        Assert.Equal(2, Assert.Single((await chat.Alice.Hub.Sync(new() { After = before.Alice })).Conversations).PeerSeenSeq);
        Assert.Equal(2, Assert.Single((await chat.Bob.Hub.Sync(new() { After = before.Bob })).Conversations).SeenSeq);
    }

    [Fact]
    public async Task Sync_lists_requests_that_left_the_folder_as_removed()
    {
        await using var bob = await server.ConnectAsync("bob");
        await using var alice = await server.ConnectAsync("alice");
        await using var carol = await server.ConnectAsync("carol");
        var withdrawn = (await alice.RequestAsync(bob)).Request.RequestId;
        var deleted = (await carol.RequestAsync(bob)).Request.RequestId;
        await alice.Hub.WithdrawRequest(new() { RequestId = withdrawn });
        await bob.Hub.DeleteRequest(new() { RequestId = deleted });

        var page = await bob.Hub.Sync(new() { After = 0 });

        Assert.Equal([withdrawn, deleted], page.RemovedRequestIds);
        Assert.Empty(page.Requests);
        Assert.Equal(RequestState.Withdrawn, Assert.Single((await alice.Hub.Sync(new() { After = 0 })).Requests).State);
        Assert.Equal(RequestState.Pending, Assert.Single((await carol.Hub.Sync(new() { After = 0 })).Requests).State);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Sync_pages_cover_everything_once_and_split_no_version(int limit)
    {
        await using var bob = await server.ConnectAsync("bob");
        var others = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => server.ConnectAsync("other")));
        foreach (var other in others)
            await other.RequestAsync(bob);
        // Crossing stamps three items with one version.
        await bob.RequestAsync(others[0]);
        await bob.RequestAsync(others[3]);
        await others[5].Hub.WithdrawRequest(new() { RequestId = (await others[5].Hub.ListRequests(new() { Direction = RequestDirection.Outgoing })).Items[0].RequestId });

        var (after, pages, last) = (0L, new List<SyncPage>(), await bob.VersionAsync());
        do
        {
            var page = await bob.Hub.Sync(new() { After = after, Limit = limit });
            Assert.True(page.Version > after);
            Assert.True(Count(page) <= Math.Max(limit, 3));
            (after, pages) = (page.Version, [.. pages, page]);
        }
        while (pages[^1].HasMore);

        Assert.Equal(last, after);
        Assert.Equal(2, pages.Sum(page => page.Conversations.Count));
        Assert.Equal(7, pages.SelectMany(page => page.Requests).Select(r => r.RequestId).Distinct().Count());
        Assert.Equal(7, pages.Sum(page => page.Requests.Count));
        Assert.Single(pages.SelectMany(page => page.RemovedRequestIds));
        // What one crossing stamped lies on one page.
        foreach (var page in pages.Where(page => page.Conversations.Count > 0))
        {
            foreach (var conversation in page.Conversations)
                Assert.Equal(2, page.Requests.Count(r => r.ConversationId == conversation.ConversationId));
        }

        foreach (var other in others)
            await other.DisposeAsync();
    }

    [Fact]
    public async Task Sync_resets_for_another_epoch_and_for_a_version_ahead_of_the_server()
    {
        await using var chat = await server.OpenChatAsync();
        var me = await chat.Bob.Hub.GetMe(new());

        foreach (var input in (SyncInput[])[new() { Epoch = "another life", After = 0 }, new() { After = me.Version + 1 }])
        {
            var page = await chat.Bob.Hub.Sync(input);
            Assert.Equal((true, me.Epoch, me.Version, false), (page.Reset, page.Epoch, page.Version, page.HasMore));
            Assert.Equal((0, 0, 0), (page.Conversations.Count, page.Requests.Count, page.RemovedRequestIds.Count));
        }
    }

    private static int Count(SyncPage page) => page.Conversations.Count + page.Requests.Count + page.RemovedRequestIds.Count;
}
