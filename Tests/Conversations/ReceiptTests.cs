using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Conversations;

/// <summary>Seen marks that are not shown: receipts off, or made during a block.</summary>
public sealed class ReceiptTests(SharedServer server)
{
    [Fact]
    public async Task Receipts_off_show_nothing_and_switching_on_discloses_nothing()
    {
        await using var chat = await WithMessagesAsync(3);
        await chat.Bob.SetAsync(receipts: false);
        var seen = await chat.Bob.SeeAsync(chat.Id, 3);
        Assert.Equal((3, 1, 1), (seen.Seq, seen.UnreadCount, seen.Badges.UnreadMessages));
        await AssertShownAsync(chat, 1);

        await chat.Bob.SetAsync(receipts: true);
        // Neither repeating the mark nor an older one discloses it.
        Assert.Equal(0, (await chat.Bob.SeeAsync(chat.Id, 3)).Version);
        Assert.Equal(0, (await chat.Bob.SeeAsync(chat.Id, 2)).Version);
        await AssertShownAsync(chat, 1);

        // The next higher mark covers everything up to it.
        await chat.Bob.SeeAsync(chat.Id, 4);
        Assert.Equal(4, (await chat.Alice.NextAsync<MessagesSeen>()).Seq);
        await AssertShownAsync(chat, 4);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mark_made_during_a_block_is_never_shown(bool byReader)
    {
        await using var chat = await WithMessagesAsync(3);
        var blocker = byReader ? chat.Bob : chat.Alice;
        var other = byReader ? chat.Alice : chat.Bob;
        await blocker.BlockAsync(other);
        Assert.Equal(1, (await chat.Bob.SeeAsync(chat.Id, 3)).UnreadCount);
        await blocker.UnblockAsync(other);
        Assert.Equal(0, (await chat.Bob.SeeAsync(chat.Id, 3)).Version);
        await AssertShownAsync(chat, 1);

        await chat.Bob.SeeAsync(chat.Id, 4);
        Assert.Equal(4, (await chat.Alice.NextAsync<MessagesSeen>()).Seq);
        await AssertShownAsync(chat, 4);
    }

    [Fact]
    public async Task A_hidden_mark_is_in_no_view_of_the_sender()
    {
        await using var chat = await WithMessagesAsync(1);
        await chat.Bob.SetAsync(receipts: false);
        var before = await ViewsAsync(chat.Alice, chat.Id);
        await chat.Bob.SeeAsync(chat.Id, 2);
        Assert.Equal(before, await ViewsAsync(chat.Alice, chat.Id));
        await chat.Alice.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task An_accepted_requests_text_counts_as_seen_whatever_the_setting()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        await bob.SetAsync(receipts: false);
        var sent = await alice.RequestAsync(bob);
        await bob.AcceptAsync(sent.Request.RequestId);
        var notified = await alice.NextAsync<RequestAccepted>();
        Assert.Equal((1, MessageStatus.Seen), (notified.Conversation.PeerSeenSeq, notified.Conversation.LastMessage?.Status));
    }

    [Fact]
    public async Task Marking_is_bounded_by_the_last_message_and_counts_the_own_messages_too()
    {
        await using var chat = await WithMessagesAsync(1);
        await chat.Bob.SayAsync(chat.Id, "Mine");
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Bob.SeeAsync(chat.Id, 4));
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Bob.SeeAsync(chat.Id, -1));
        var seen = await chat.Bob.SeeAsync(chat.Id, 3);
        Assert.Equal((3, 0), (seen.Seq, seen.UnreadCount));
    }

    /// <summary>Besides message 1, which is seen, so many unread ones from Alice.</summary>
    private async Task<Chat> WithMessagesAsync(int count)
    {
        var chat = await server.OpenChatAsync();
        for (var i = 0; i < count; i++)
        {
            await chat.Alice.SayAsync(chat.Id, "Hello?");
            await chat.Bob.NextAsync<MessageReceived>();
        }

        return chat;
    }

    private static async Task<string> ViewsAsync(Device device, string conversationId) => string.Join('\n',
        Wire.Json(await device.Hub.ListConversations(new())),
        Wire.Json(await device.Hub.GetMessages(new() { ConversationId = conversationId })),
        Wire.Json(await device.Hub.Sync(new() { After = 0 })),
        Wire.Json(await device.Hub.GetMe(new())));

    private static async Task AssertShownAsync(Chat chat, long seq)
    {
        await chat.Alice.ReceivedNothingElseAsync();
        var conversation = await chat.Alice.Hub.GetConversation(new() { ConversationId = chat.Id });
        Assert.Equal(seq, conversation.PeerSeenSeq);
        var messages = (await chat.Alice.Hub.GetMessages(new() { ConversationId = chat.Id })).Items;
        Assert.All(messages, m => Assert.Equal(m.Seq <= seq ? MessageStatus.Seen : MessageStatus.Sent, m.Status));
    }
}
