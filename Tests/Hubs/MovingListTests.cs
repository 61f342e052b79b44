using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hubs;

/// <summary>A list is read page by page while it moves: what moves past the reader is in the Sync that follows.</summary>
public sealed class MovingListTests(SharedServer server)
{
    [Fact]
    public async Task A_chat_that_moves_between_two_pages_is_in_the_sync_from_the_version_of_before_the_first()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        await bob.FollowAsync(alice);
        var oldest = (await alice.RequestAsync(bob)).Conversation!.ConversationId;
        for (var i = 0; i < 2; i++)
        {
            await using var other = await server.ConnectUserAsync("other");
            await other.FollowAsync(alice);
            await alice.RequestAsync(other);
        }

        var me = await alice.Hub.GetMe(new());
        var listed = new List<string>();
        string? cursor = null;
        do
        {
            var page = await alice.Hub.ListConversations(new() { Cursor = cursor, Limit = 1 });
            listed.AddRange(page.Items.Select(chat => chat.ConversationId));
            if (cursor is null)
                await bob.SayAsync(oldest, "Before you come to me");
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        // It was on the last page, and is before the first now; its event does not carry it.
        Assert.Equal(2, listed.Count);
        Assert.DoesNotContain(oldest, listed);
        Assert.Null((await alice.NextAsync<MessageReceived>()).Conversation);
        var synced = await alice.Hub.Sync(new() { Epoch = me.Epoch, After = me.Version });
        Assert.Equal(oldest, Assert.Single(synced.Conversations).ConversationId);
        Assert.Equal("Before you come to me", synced.Conversations[0].LastMessage!.Text);
    }
}
