using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hubs;

/// <summary>Lists, their order, their pages.</summary>
public sealed class ListTests(ClockServer server) : IClassFixture<ClockServer>
{
    [Fact]
    public async Task Requests_are_listed_newest_first_by_direction_and_state()
    {
        await using var alice = await server.ConnectAsync("alice");
        var others = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => server.ConnectAsync("other")));
        var sent = new List<string>();
        var received = new List<string>();
        foreach (var other in others)
        {
            sent.Add((await alice.RequestAsync(other)).Request.RequestId);
            await other.Hub.DeleteRequest(new() { RequestId = sent[^1] });
        }

        await alice.Hub.WithdrawRequest(new() { RequestId = sent[0] });
        received.Add((await others[0].RequestAsync(alice)).Request.RequestId);
        var accepted = (await others[1].RequestAsync(alice)).AcceptedRequest!.RequestId;
        Assert.Equal(sent[1], accepted);

        Assert.Equal(received, await IdsAsync(alice, RequestDirection.Incoming, null));
        Assert.Equal(received, await IdsAsync(alice, RequestDirection.Incoming, RequestFilter.Pending));
        Assert.Equal([sent[4], sent[3], sent[2]], await IdsAsync(alice, RequestDirection.Outgoing, RequestFilter.Pending));
        Assert.Equal([sent[1]], await IdsAsync(alice, RequestDirection.Outgoing, RequestFilter.Accepted));
        Assert.Equal(Enumerable.Reverse(sent), await IdsAsync(alice, RequestDirection.Outgoing, null));
        foreach (var other in others)
            await other.DisposeAsync();
    }

    [Fact]
    public async Task Conversations_are_listed_by_latest_activity_in_pages_that_overlap_nowhere()
    {
        await using var alice = await server.ConnectAsync("alice");
        var chats = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            await using var other = await server.ConnectAsync("other");
            await other.Hub.Follow(new() { UserId = alice.Id });
            server.Time.Advance(TimeSpan.FromMilliseconds(1));
            chats.Add((await alice.RequestAsync(other)).Conversation!.ConversationId);
        }

        server.Time.Advance(TimeSpan.FromMilliseconds(1));
        await alice.SayAsync(chats[2], "This one is the latest now");

        var listed = await Paging.ReadAllAsync(cursor => alice.Hub.ListConversations(new() { Cursor = cursor, Limit = 3 }), TestTimeouts.Token)
            .ToListAsync(TestTimeouts.Token);
        Assert.Equal([chats[2], chats[6], chats[5], chats[4], chats[3], chats[1], chats[0]], listed.Select(c => c.ConversationId));
        Assert.Equal("This one is the latest now", listed[0].LastMessage!.Text);
        Assert.Equal(listed[0].LastMessage!.SentAt, listed[0].UpdatedAt);
    }

    [Fact]
    public async Task Messages_are_paged_both_ways_by_rising_seq()
    {
        await using var chat = await server.OpenChatAsync();
        for (var i = 2; i <= 10; i++)
            await (i % 2 == 0 ? chat.Alice : chat.Bob).SayAsync(chat.Id, $"Message {i}");

        await AssertPageAsync(chat, new(), 1, 10, hasMore: false);
        await AssertPageAsync(chat, new() { Limit = 4 }, 7, 10, hasMore: true);
        await AssertPageAsync(chat, new() { Limit = 4, Before = 7 }, 3, 6, hasMore: true);
        await AssertPageAsync(chat, new() { Limit = 4, Before = 3 }, 1, 2, hasMore: false);
        await AssertPageAsync(chat, new() { Limit = 4, After = 0 }, 1, 4, hasMore: true);
        await AssertPageAsync(chat, new() { Limit = 4, After = 6 }, 7, 10, hasMore: false);
        await AssertPageAsync(chat, new() { After = 10 }, 11, 10, hasMore: false);
        await AssertPageAsync(chat, new() { After = 99 }, 11, 10, hasMore: false);
        await AssertPageAsync(chat, new() { Before = 1 }, 1, 0, hasMore: false);
        await Wire.RefusedAsync(
            ErrorCodes.InvalidArgument, chat.Alice.Hub.GetMessages(new() { ConversationId = chat.Id, Before = 2, After = 1 }));
    }

    [Fact]
    public async Task A_messages_status_is_the_peers_mark_on_ones_own_and_ones_own_mark_on_the_peers()
    {
        await using var chat = await server.OpenChatAsync();
        await chat.Alice.SayAsync(chat.Id, "Two");
        await chat.Alice.SayAsync(chat.Id, "Three");
        await chat.Bob.SeeAsync(chat.Id, 2);

        foreach (var viewer in (Device[])[chat.Alice, chat.Bob])
        {
            var page = await viewer.Hub.GetMessages(new() { ConversationId = chat.Id });
            Assert.Equal([MessageStatus.Seen, MessageStatus.Seen, MessageStatus.Sent], page.Items.Select(m => m.Status));
        }
    }

    private static async Task AssertPageAsync(Chat chat, GetMessagesInput input, int from, int to, bool hasMore)
    {
        var page = await chat.Bob.Hub.GetMessages(input with { ConversationId = chat.Id });
        Assert.Equal(Enumerable.Range(from, Math.Max(0, to - from + 1)).Select(n => (long)n), page.Items.Select(m => m.Seq));
        Assert.Equal(hasMore, page.HasMore);
    }

    private static ValueTask<List<string>> IdsAsync(Device device, RequestDirection direction, RequestFilter? state) =>
        Paging.ReadAllAsync(
                cursor => device.Hub.ListRequests(new() { Direction = direction, State = state, Cursor = cursor, Limit = 2 }), TestTimeouts.Token)
            .Select(request => request.RequestId)
            .ToListAsync(TestTimeouts.Token);
}
