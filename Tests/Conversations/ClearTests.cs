using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Conversations;

/// <summary>A cleared chat: permanently gone from every view of its user, while the peer's stays and shows nothing of it.</summary>
public sealed class ClearTests(SharedServer server)
{
    [Fact]
    public async Task Cleared_messages_are_in_no_method_of_any_device()
    {
        await using var chat = await WithMessagesAsync(5);
        await chat.Alice.EditAsync(chat.Id, 3, "Edited");
        await chat.Alice.EditAsync(chat.Id, 5, "Edited too");

        var cleared = await chat.Bob.ClearAsync(chat.Id, 4);

        Assert.Equal((4, 5), (cleared.Conversation.ClearedSeq, cleared.Conversation.LastMessage!.Seq));
        await using var laptop = await chat.Bob.Account.ConnectAsync();
        foreach (var input in new GetMessagesInput[] { new(), new() { After = 0 }, new() { Before = 100 }, new() { ChangedAfter = 0 } })
        {
            var page = await laptop.Hub.GetMessages(input with { ConversationId = chat.Id });
            Assert.Equal((false, 5), (page.HasMore, Assert.Single(page.Items).Seq));
        }

        Assert.Empty((await laptop.Hub.GetMessages(new() { ConversationId = chat.Id, Before = 5 })).Items);
        await chat.Bob.ClearAsync(chat.Id, 5);
        var empty = await laptop.ConversationAsync(chat.Id);
        Assert.Equal((5, 5, null), (empty.LastSeq, empty.ClearedSeq, empty.LastMessage));
        Assert.Equal([1, 2, 3, 4, 5], (await chat.Alice.Hub.GetMessages(new() { ConversationId = chat.Id })).Items.Select(message => message.Seq));
    }

    [Fact]
    public async Task Clearing_never_goes_back_and_not_beyond_the_last_message()
    {
        await using var chat = await WithMessagesAsync(3);
        await chat.Bob.ClearAsync(chat.Id, 2);
        Assert.Equal((0, 2), ((await chat.Bob.ClearAsync(chat.Id, 1)).Version, (await chat.Bob.ClearAsync(chat.Id, 2)).Conversation.ClearedSeq));
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Bob.ClearAsync(chat.Id, 4));
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Bob.ClearAsync(chat.Id, -1));

        await chat.Alice.SayAsync(chat.Id, "New");
        Assert.Equal([3, 4], (await chat.Bob.Hub.GetMessages(new() { ConversationId = chat.Id })).Items.Select(message => message.Seq));
    }

    [Fact]
    public async Task What_was_unread_counts_as_read_and_is_never_shown_as_seen()
    {
        await using var chat = await WithMessagesAsync(4);

        var cleared = await chat.Bob.ClearAsync(chat.Id, 3);

        Assert.Equal((3, 1, 1, 1), (cleared.Conversation.SeenSeq, cleared.Conversation.UnreadCount, cleared.Badges.UnreadMessages, cleared.Badges.UnreadConversations));
        Assert.Equal(1, (await chat.Alice.ConversationAsync(chat.Id)).PeerSeenSeq);
        Assert.Equal((0, 0), ((await chat.Bob.ClearAsync(chat.Id, 4)).Badges.UnreadMessages, (await chat.Bob.Hub.GetMe(new())).Badges.UnreadConversations));
        await chat.Alice.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task The_peers_view_and_events_are_the_same_whether_a_chat_was_cleared_or_not()
    {
        await using var kept = await WithMessagesAsync(4);
        await using var cleared = await WithMessagesAsync(4);
        // Receipts off: clearing reads as such a mark does.
        foreach (var chat in new[] { kept, cleared })
            await chat.Bob.SetAsync(receipts: false);
        await cleared.Bob.ClearAsync(cleared.Id, 4);
        await kept.Bob.SeeAsync(kept.Id, 4);

        Assert.Equal(await ViewAsync(kept), await ViewAsync(cleared));

        async Task<string> ViewAsync(Chat chat)
        {
            var edited = await chat.Alice.EditAsync(chat.Id, 3, "Edited");
            var removed = await chat.Alice.RemoveAsync(chat.Id, 2);
            var reacted = await chat.Alice.ReactAsync(chat.Id, 1, "👍");
            var conversation = await chat.Alice.ConversationAsync(chat.Id);
            var page = await chat.Alice.Hub.GetMessages(new() { ConversationId = chat.Id });
            await chat.Alice.ReceivedNothingElseAsync();
            var before = await chat.Alice.VersionAsync();
            var text = string.Join('\n', Wire.Json(edited), Wire.Json(removed), Wire.Json(reacted), Wire.Json(conversation), Wire.Json(page), before);
            // The two chats differ in ids and instants alone.
            foreach (var (id, name) in new[] { (chat.Id, "chat"), (chat.Alice.Id, "alice"), (chat.Bob.Id, "bob"), (chat.Bob.Account.Username, "bob") })
                text = text.Replace(id, name, StringComparison.Ordinal);
            return Differing.Replace(text, "\"…\"");
        }
    }

    private static readonly System.Text.RegularExpressions.Regex Differing = new("\"2[0-9]{3}-[^\"]+Z\"|\"c[0-9]+\"");

    [Fact]
    public async Task A_change_of_a_cleared_message_makes_no_event_and_no_version_for_who_cleared_it()
    {
        await using var chat = await WithMessagesAsync(3);
        await chat.Bob.ClearAsync(chat.Id, 3);
        var version = await chat.Bob.VersionAsync();

        var removed = await chat.Alice.RemoveAsync(chat.Id, 3);
        await chat.Alice.ReactAsync(chat.Id, 2, "👍");

        Assert.NotEqual(0, removed.Version);
        Assert.Equal(version, await chat.Bob.VersionAsync());
        await chat.Bob.ReceivedNothingElseAsync();
        Assert.Empty((await chat.Bob.Hub.GetMessages(new() { ConversationId = chat.Id, ChangedAfter = 0 })).Items);
    }

    [Fact]
    public async Task A_cleared_message_takes_no_reaction_reply_or_edit_of_who_cleared_it_but_their_removal()
    {
        await using var chat = await WithMessagesAsync(3);
        await chat.Alice.ClearAsync(chat.Id, 3);
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Alice.ReactAsync(chat.Id, 3, "👍"));
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Alice.ReplyAsync(chat.Id, 3, "To that"));
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Alice.EditAsync(chat.Id, 3, "Edited"));
        var version = await chat.Alice.VersionAsync();

        var removed = await chat.Alice.RemoveAsync(chat.Id, 3);

        Assert.Equal((0, version, 1), (removed.Version, await chat.Alice.VersionAsync(), removed.LastChange));
        Assert.NotNull((await chat.Bob.NextAsync<MessageChanged>()).Message.RemovedAt);
        Assert.Equal("", (await chat.Bob.MessageAsync(chat.Id, 3)).Text);
        // The peer's own view has it: there all of it works.
        await chat.Bob.ReactAsync(chat.Id, 2, "👍");
        await chat.Bob.ReplyAsync(chat.Id, 2, "To that");
    }

    /// <summary>Message 1 is the request's; the others are alice's, and bob has not seen them. All events are taken.</summary>
    private async Task<Chat> WithMessagesAsync(int last)
    {
        var chat = await server.OpenChatAsync();
        for (var seq = 2; seq <= last; seq++)
        {
            await chat.Alice.SayAsync(chat.Id, $"Message {seq}");
            await chat.Bob.NextAsync<MessageReceived>();
        }

        return chat;
    }
}
