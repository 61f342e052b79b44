using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Conversations;

/// <summary>
/// The text of a request that became a message: where an edit or a removal changes it for a side, that side's Sync has the
/// request, so that a client that was away reads what it says now.
/// </summary>
public sealed class RequestTextTests(SharedServer server)
{
    [Fact]
    public async Task Sync_has_the_request_of_an_edited_and_of_a_removed_message_for_both_sides()
    {
        await using var chat = await server.OpenChatAsync();
        await SyncedAsync(() => chat.Alice.EditAsync(chat.Id, 1, "Edited"), "Edited");
        await SyncedAsync(() => chat.Alice.RemoveAsync(chat.Id, 1), "");

        async Task SyncedAsync(Func<Task> change, string text)
        {
            var (alice, bob) = (await chat.Alice.VersionAsync(), await chat.Bob.VersionAsync());
            await change();
            foreach (var (device, before) in new[] { (chat.Alice, alice), (chat.Bob, bob) })
            {
                // One version is never split, however small the page.
                var page = await device.Hub.Sync(new() { After = before, Limit = 1 });
                Assert.Equal((before + 1, false), (page.Version, page.HasMore));
                Assert.Equal(chat.Id, Assert.Single(page.Conversations).ConversationId);
                var request = Assert.Single(page.Requests);
                Assert.Equal((chat.RequestId, text, RequestState.Accepted), (request.RequestId, request.Text, request.State));
                Assert.Empty(page.RemovedRequestIds);
            }
        }
    }

    [Fact]
    public async Task Sync_has_no_request_of_a_message_that_was_none_or_that_says_what_it_said()
    {
        await using var chat = await server.OpenChatWithMessageAsync();
        await chat.Bob.SayAsync(chat.Id, "Bob's first");
        var (alice, bob) = (await chat.Alice.VersionAsync(), await chat.Bob.VersionAsync());

        await chat.Bob.ReactAsync(chat.Id, 1, "👍");
        await chat.Alice.EditAsync(chat.Id, 2, "Edited");
        await chat.Bob.EditAsync(chat.Id, 3, "Edited too");

        Assert.Empty((await chat.Alice.Hub.Sync(new() { After = alice })).Requests);
        Assert.Empty((await chat.Bob.Hub.Sync(new() { After = bob })).Requests);
        Assert.Equal("Hello?", (await chat.Bob.Hub.GetRequest(new() { RequestId = chat.RequestId })).Text);
    }

    [Fact]
    public async Task Sync_has_each_of_two_crossing_requests_for_those_who_see_it()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        var older = await alice.RequestAsync(bob, "First");
        var newer = await bob.RequestAsync(alice, "Second");
        var chat = newer.Conversation!.ConversationId;
        var (atAlice, atBob) = (await alice.VersionAsync(), await bob.VersionAsync());

        await bob.EditAsync(chat, 2, "Second, edited");

        var request = Assert.Single((await bob.Hub.Sync(new() { After = atBob })).Requests);
        Assert.Equal((newer.Request.RequestId, "Second, edited"), (request.RequestId, request.Text));
        // The newer one never was in a list of alice's.
        var page = await alice.Hub.Sync(new() { After = atAlice });
        Assert.Empty(page.Requests);
        Assert.Empty(page.RemovedRequestIds);

        await alice.EditAsync(chat, 1, "First, edited");

        Assert.Equal([(older.Request.RequestId, "First, edited"), (newer.Request.RequestId, "Second, edited")], (await bob.Hub.Sync(new() { After = atBob })).Requests
            .Select(changed => (changed.RequestId, changed.Text)).OrderBy(changed => changed.Text, StringComparer.Ordinal));
        Assert.Equal([(older.Request.RequestId, "First, edited")], (await alice.Hub.Sync(new() { After = atAlice })).Requests.Select(changed => (changed.RequestId, changed.Text)));
    }

    [Fact]
    public async Task Sync_has_nothing_of_the_request_for_a_recipient_who_deleted_it_or_never_had_it()
    {
        await using var chat = await server.OpenChatAsync();
        await chat.Bob.DeleteAsync(chat.RequestId);
        await using var dora = await server.ConnectUserAsync("dora");
        await chat.Bob.FollowAsync(dora);
        var opened = await dora.RequestAsync(chat.Bob, "Directly");
        var (bob, atDora) = (await chat.Bob.VersionAsync(), await dora.VersionAsync());

        await chat.Alice.EditAsync(chat.Id, 1, "Edited");
        await dora.EditAsync(opened.Conversation!.ConversationId, 1, "Directly, edited");

        var page = await chat.Bob.Hub.Sync(new() { After = bob });
        Assert.Equal(2, page.Conversations.Count);
        Assert.Empty(page.Requests);
        Assert.Empty(page.RemovedRequestIds);
        Assert.Equal("Directly, edited", Assert.Single((await dora.Hub.Sync(new() { After = atDora })).Requests).Text);
        Assert.Equal("Edited", Assert.Single((await chat.Alice.Hub.ListRequests(new() { Direction = RequestDirection.Outgoing })).Items).Text);
    }
}
