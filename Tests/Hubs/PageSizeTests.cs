using System.Text;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hubs;

/// <summary>No page holds more than 256 KiB of text, and pages that are cut short miss nothing.</summary>
public sealed class PageSizeTests(SharedServer server)
{
    // 4,000 characters, 16,000 bytes.
    private static readonly string Long = string.Concat(Enumerable.Repeat("💥", Limits.MessageTextMax));
    private static readonly int Fitting = Limits.PageTextBytes / Encoding.UTF8.GetByteCount(Long);

    [Fact]
    public async Task Messages_come_in_pages_of_bounded_text_from_either_end()
    {
        await using var chat = await server.OpenChatAsync();
        var last = 1L;
        for (var i = 0; i < Fitting * 2; i++)
            last = (await chat.Alice.SayAsync(chat.Id, Long)).Message.Seq;

        var forward = new List<long>();
        for (var hasMore = true; hasMore;)
        {
            var page = await chat.Bob.Hub.GetMessages(new() { ConversationId = chat.Id, After = forward.LastOrDefault(), Limit = 100 });
            AssertBounded(page.Items.Select(message => message.Text));
            (forward, hasMore) = ([.. forward, .. page.Items.Select(message => message.Seq)], page.HasMore);
        }

        var backward = new List<long>();
        for (var hasMore = true; hasMore;)
        {
            var page = await chat.Bob.Hub.GetMessages(new() { ConversationId = chat.Id, Before = backward.Count > 0 ? backward[0] : null, Limit = 100 });
            AssertBounded(page.Items.Select(message => message.Text));
            (backward, hasMore) = ([.. page.Items.Select(message => message.Seq), .. backward], page.HasMore);
        }

        var all = Enumerable.Range(1, (int)last).Select(seq => (long)seq).ToList();
        Assert.Equal(all, forward);
        Assert.Equal(all, backward);
    }

    [Fact]
    public async Task Conversations_and_what_sync_finds_come_in_pages_of_bounded_text()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var chats = new List<string>();
        for (var i = 0; i < Fitting + 4; i++)
        {
            await using var other = await server.ConnectUserAsync("other");
            await other.FollowAsync(alice);
            chats.Add((await alice.RequestAsync(other)).Conversation!.ConversationId);
            await alice.SayAsync(chats[^1], Long);
        }

        var listed = new List<string>();
        await foreach (var page in PagesAsync(cursor => alice.Hub.ListConversations(new() { Cursor = cursor, Limit = 100 })))
        {
            AssertBounded(page.Select(chat => chat.LastMessage!.Text));
            listed.AddRange(page.Select(chat => chat.ConversationId));
        }

        Assert.Equal(Enumerable.Reverse(chats), listed);
        var synced = new List<string>();
        SyncPage answer;
        var after = 0L;
        do
        {
            answer = await alice.Hub.Sync(new() { After = after, Limit = 100 });
            AssertBounded(answer.Conversations.Select(chat => chat.LastMessage!.Text));
            synced.AddRange(answer.Conversations.Select(chat => chat.ConversationId));
            after = answer.Version;
        }
        while (answer.HasMore);
        Assert.Equal(chats, synced);
        Assert.Equal(await alice.VersionAsync(), after);
    }

    private static void AssertBounded(IEnumerable<string> texts)
    {
        var sizes = texts.Select(Encoding.UTF8.GetByteCount).ToList();
        Assert.NotEmpty(sizes);
        Assert.True(sizes.Sum() <= Limits.PageTextBytes || sizes.Count == 1, $"{sizes.Count} texts of {sizes.Sum()} bytes");
    }

    private static async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<T>(Func<string?, Task<Page<T>>> read)
    {
        string? cursor = null;
        do
        {
            var page = await read(cursor);
            yield return page.Items;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }
}
