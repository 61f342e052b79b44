using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Sync;
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

    /// <summary>Two crossing requests became messages 1 and 2: either side clears, and reads in no method what the messages said.</summary>
    [Theory]
    [InlineData("alice")]
    [InlineData("bob")]
    public async Task No_method_has_the_text_of_a_cleared_message(string who)
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        var older = await alice.RequestAsync(bob, "Secret 1", "a-1");
        var newer = await bob.RequestAsync(alice, "Secret 2", "b-2");
        var id = newer.Conversation!.ConversationId;
        await alice.SayAsync(id, "Secret 3", "a-3");
        await bob.SayAsync(id, "Secret 4", "b-4");
        await bob.EditAsync(id, 4, "Secret 4, edited");
        var (user, peer) = who == "alice" ? (alice, bob) : (bob, alice);
        var before = await user.VersionAsync();
        Assert.Contains("Secret", await ReadAsync(user, before), StringComparison.Ordinal);

        await user.ClearAsync(id, 4);

        await using var laptop = await user.Account.ConnectAsync();
        Assert.DoesNotContain("Secret", await ReadAsync(laptop, before), StringComparison.Ordinal);
        var theirs = await ReadAsync(peer, 0);
        for (var seq = 1; seq <= 4; seq++)
            Assert.Contains($"Secret {seq}", theirs, StringComparison.Ordinal);

        async Task<string> ReadAsync(Device device, long after)
        {
            var hub = device.Hub;
            var isAlice = device.Id == alice.Id;
            List<string> read =
            [
                Wire.Json(await hub.GetConversation(new() { ConversationId = id })),
                Wire.Json(await hub.ListConversations(new())),
                Wire.Json(await hub.GetMessages(new() { ConversationId = id })),
                Wire.Json(await hub.GetMessages(new() { ConversationId = id, After = 0 })),
                Wire.Json(await hub.GetMessages(new() { ConversationId = id, Before = 100 })),
                Wire.Json(await hub.GetMessages(new() { ConversationId = id, ChangedAfter = 0 })),
                Wire.Json(await hub.Sync(new() { After = 0 })),
                Wire.Json(await hub.Sync(new() { After = after })),
                Wire.Json(await hub.OpenConversation(new() { UserId = isAlice ? bob.Id : alice.Id })),
                Wire.Json(await hub.MarkSeen(new() { ConversationId = id, Seq = 0 })),
                Wire.Json(await hub.UpdateConversation(new() { ConversationId = id, IsPinned = false })),
                Wire.Json(await hub.ClearConversation(new() { ConversationId = id, UpToSeq = 0 })),
                Wire.Json(await hub.GetRequest(new() { RequestId = (isAlice ? older : newer).Request.RequestId })),
                Wire.Json(await hub.SendRequest(isAlice
                    ? new() { RecipientId = bob.Id, Text = "Secret 1", ClientId = "a-1" }
                    : new() { RecipientId = alice.Id, Text = "Secret 2", ClientId = "b-2" })),
                Wire.Json(await hub.SendMessage(isAlice
                    ? new() { ConversationId = id, Text = "Secret 3", ClientId = "a-3" }
                    : new() { ConversationId = id, Text = "Secret 4", ClientId = "b-4" })),
                .. (await Export.OfAsync(server, device)).Select(Wire.Json),
            ];
            foreach (var direction in Enum.GetValues<RequestDirection>())
            {
                foreach (var state in Enum.GetValues<RequestFilter>())
                    read.Add(Wire.Json(await hub.ListRequests(new() { Direction = direction, State = state })));
            }

            if (!isAlice)
                read.Add(Wire.Json(await hub.AcceptRequest(new() { RequestId = older.Request.RequestId })));
            return string.Join('\n', read);
        }
    }

    [Fact]
    public async Task A_requests_text_is_cleared_with_its_own_message_and_in_Sync()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        var older = (await alice.RequestAsync(bob, "First")).Request.RequestId;
        var newer = await bob.RequestAsync(alice, "Second");
        var id = newer.Conversation!.ConversationId;
        var before = await bob.VersionAsync();

        await bob.ClearAsync(id, 1);

        Assert.Equal(("", "Second"), (await TextAsync(bob, older), await TextAsync(bob, newer.Request.RequestId)));
        Assert.Equal([(older, "")], await SyncAsync(before));
        await bob.ClearAsync(id, 2);
        Assert.Equal(("", ""), (await TextAsync(bob, older), await TextAsync(bob, newer.Request.RequestId)));
        Assert.Equal([(newer.Request.RequestId, "")], await SyncAsync(before + 1));
        Assert.Equal("First", await TextAsync(alice, older));
        Assert.Empty((await alice.Hub.Sync(new() { After = await alice.VersionAsync() })).Requests);

        // Both at once: three items of one version, which no page splits.
        await alice.ClearAsync(id, 2);
        Assert.Equal("", await TextAsync(alice, older));

        async Task<string> TextAsync(Device device, string requestId) => (await device.Hub.GetRequest(new() { RequestId = requestId })).Text;

        async Task<IEnumerable<(string, string)>> SyncAsync(long after)
        {
            var page = await bob.Hub.Sync(new() { After = after, Limit = 1 });
            Assert.Equal((after + 1, id), (page.Version, Assert.Single(page.Conversations).ConversationId));
            return page.Requests.Select(request => (request.RequestId, request.Text));
        }
    }

    [Fact]
    public async Task Clearing_two_crossing_requests_is_one_page_of_Sync()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        await alice.RequestAsync(bob, "First");
        var id = (await bob.RequestAsync(alice, "Second")).Conversation!.ConversationId;
        var before = await bob.VersionAsync();

        await bob.ClearAsync(id, 2);
        await alice.SayAsync(id, "Third");

        var page = await bob.Hub.Sync(new() { After = before, Limit = 1 });
        Assert.Equal((before + 1, true, 2), (page.Version, page.HasMore, page.Requests.Count));
        Assert.Equal(["", ""], page.Requests.Select(request => request.Text));
        page = await bob.Hub.Sync(new() { After = page.Version, Limit = 1 });
        Assert.Equal((before + 2, false, 0, 3), (page.Version, page.HasMore, page.Requests.Count, Assert.Single(page.Conversations).LastSeq));
    }

    /// <summary>The first result, with its seq and times; what the message says stays cleared, and the key stays used.</summary>
    [Fact]
    public async Task A_repeated_clientId_of_a_cleared_message_answers_it_without_its_text()
    {
        await using var chat = await server.OpenChatAsync();
        var sent = await chat.Alice.SayAsync(chat.Id, "Once", "once");
        await chat.Bob.ReactAsync(chat.Id, 2, "👍");
        await chat.Alice.ClearAsync(chat.Id, 2);

        var again = await chat.Alice.SayAsync(chat.Id, "Once", "once");

        Assert.Equal((0, 2, "once", ""), (again.Version, again.Message.Seq, again.Message.ClientId, again.Message.Text));
        Assert.Equal(sent.Message.SentAt, again.Message.SentAt);
        Assert.Null(again.Message.Reactions);
        await Wire.RefusedAsync(ErrorCodes.Conflict, chat.Alice.SayAsync(chat.Id, "Other", "once"));
        Assert.Equal(2, (await chat.Bob.ConversationAsync(chat.Id)).LastSeq);
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
