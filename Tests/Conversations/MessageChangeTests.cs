using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Conversations;

/// <summary>Messages that change: edited, removed, reacted to, and what both sides and all devices get of it.</summary>
public sealed class MessageChangeTests(ClockServer server) : IClassFixture<ClockServer>
{
    [Fact]
    public async Task Edit_reaches_both_sides_with_one_version_and_every_view_shows_it()
    {
        await using var chat = await server.OpenChatWithMessageAsync();
        await using var laptop = await chat.Alice.Account.ConnectAsync();
        var (before, theirs) = (await chat.Alice.VersionAsync(), await chat.Bob.VersionAsync());
        server.Time.Advance(TimeSpan.FromMinutes(1));

        var edited = await chat.Alice.EditAsync(chat.Id, 2, "  Better  ");

        Assert.Equal((before + 1, 1, 1, "Better"), (edited.Version, edited.LastChange, edited.Message.Change, edited.Message.Text));
        Assert.Equal(server.Time.GetUtcNow(), edited.Message.EditedAt);
        Assert.Equal(Wire.Json(edited), Wire.Json(await laptop.NextAsync<MessageChanged>()));
        var received = await chat.Bob.NextAsync<MessageChanged>();
        Assert.Equal((theirs + 1, 1, "Better", null), (received.Version, received.LastChange, received.Message.Text, received.Message.ClientId));
        Assert.Equal(1, received.Badges.UnreadMessages);
        foreach (var device in new[] { chat.Alice, chat.Bob })
        {
            var conversation = await device.ConversationAsync(chat.Id);
            Assert.Equal((1, "Better"), (conversation.LastChange, conversation.LastMessage!.Text));
            Assert.Equal(Wire.Json(conversation.LastMessage), Wire.Json(await device.MessageAsync(chat.Id, 2)));
        }

        await chat.Alice.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task Edit_is_open_for_15_minutes_and_not_a_millisecond_longer()
    {
        await using var chat = await server.OpenChatWithMessageAsync();
        server.Time.Advance(TimeSpan.FromMinutes(15));
        await chat.Alice.EditAsync(chat.Id, 2, "In time");
        server.Time.Advance(TimeSpan.FromMilliseconds(1));

        await Wire.RefusedAsync(ErrorCodes.EditClosed, chat.Alice.EditAsync(chat.Id, 2, "Too late"));
        // A repeated call finds nothing left to do.
        Assert.Equal(0, (await chat.Alice.EditAsync(chat.Id, 2, "In time")).Version);
    }

    /// <summary>An accepted request's text reads as its message does: of two client ids that SQL Server takes for one, too.</summary>
    [Theory]
    [InlineData("id")]
    [InlineData("ID ")]
    public async Task Edit_of_another_message_leaves_the_request_as_it_is(string clientId)
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        var sent = await alice.RequestAsync(bob, "Hello?", "ID");
        var chat = (await bob.AcceptAsync(sent.Request.RequestId)).Conversation.ConversationId;
        await alice.SayAsync(chat, "Second", clientId);

        await alice.EditAsync(chat, 2, "Edited");

        Assert.Equal("Hello?", (await bob.Hub.GetRequest(new() { RequestId = sent.Request.RequestId })).Text);
    }

    [Fact]
    public async Task Message_1_counts_from_the_sending_of_its_request()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        var sent = await alice.RequestAsync(bob, "Hello?");
        server.Time.Advance(TimeSpan.FromMinutes(14));
        var chat = (await bob.AcceptAsync(sent.Request.RequestId)).Conversation.ConversationId;
        await alice.EditAsync(chat, 1, "Hello!");
        server.Time.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromMilliseconds(1));

        await Wire.RefusedAsync(ErrorCodes.EditClosed, alice.EditAsync(chat, 1, "Hello."));
    }

    [Fact]
    public async Task An_accepted_requests_text_reads_as_its_message_does()
    {
        await using var chat = await server.OpenChatAsync();
        await chat.Alice.EditAsync(chat.Id, 1, "Edited");
        foreach (var device in new[] { chat.Alice, chat.Bob })
            Assert.Equal("Edited", (await device.Hub.GetRequest(new() { RequestId = chat.RequestId })).Text);

        await chat.Alice.RemoveAsync(chat.Id, 1);
        foreach (var device in new[] { chat.Alice, chat.Bob })
            Assert.Equal("", (await device.Hub.GetRequest(new() { RequestId = chat.RequestId })).Text);
    }

    [Fact]
    public async Task Removal_at_any_time_leaves_an_empty_message_without_reactions_to_both()
    {
        await using var chat = await server.OpenChatWithMessageAsync();
        await chat.Bob.ReactAsync(chat.Id, 2, "👍");
        server.Time.Advance(TimeSpan.FromDays(40));

        var removed = await chat.Alice.RemoveAsync(chat.Id, 2);

        Assert.Equal(("", 2), (removed.Message.Text, removed.LastChange));
        Assert.Null(removed.Message.Reactions);
        Assert.Equal(server.Time.GetUtcNow(), removed.Message.RemovedAt);
        Assert.Equal(0, (await chat.Alice.RemoveAsync(chat.Id, 2)).Version);
        var received = await chat.Bob.NextAsync<MessageChanged>();
        Assert.Equal(("", removed.Message.RemovedAt), (received.Message.Text, received.Message.RemovedAt));
        // It stays unread: a removal moves no count.
        Assert.Equal((1, 1), (received.Badges.UnreadMessages, (await chat.Bob.ConversationAsync(chat.Id)).UnreadCount));
        await chat.Bob.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task Removed_text_is_in_no_row_but_the_one_that_reports_read_and_there_for_30_days()
    {
        await using var chat = await server.OpenChatWithMessageAsync();
        await chat.Alice.EditAsync(chat.Id, 1, "The secret of the request");
        await chat.Alice.RemoveAsync(chat.Id, 1);
        const string everywhere = """
            SELECT 'messages' FROM messages WHERE text LIKE '%secret%' UNION ALL SELECT 'requests' FROM requests WHERE text LIKE '%secret%'
            UNION ALL SELECT 'earlier_texts' FROM earlier_texts WHERE text LIKE '%secret%'
            """;
        Assert.Equal(["earlier_texts"], await server.Database.ListAsync<string>(everywhere));

        server.Time.Advance(TimeSpan.FromDays(30));
        await server.Time.TimerSetAsync(TimeSpan.FromSeconds(20)).SoonAsync("the sweep to be done");

        Assert.Empty(await server.Database.ListAsync<string>(everywhere));
    }

    [Fact]
    public async Task Each_side_has_one_reaction_which_another_replaces_and_none_takes_away()
    {
        await using var chat = await server.OpenChatWithMessageAsync();
        await chat.Bob.ReactAsync(chat.Id, 2, "👍");
        await chat.Bob.ReactAsync(chat.Id, 2, "❤️");
        var both = await chat.Alice.ReactAsync(chat.Id, 2, "👩🏽\u200D🚀");

        Assert.Equal([(chat.Alice.Id, "👩🏽\u200D🚀"), (chat.Bob.Id, "❤️")], both.Message.Reactions!.Select(reaction => (reaction.UserId, reaction.Emoji)));
        Assert.Equal(3, both.LastChange);
        Assert.Equal(0, (await chat.Bob.ReactAsync(chat.Id, 2, "❤️")).Version);

        await chat.Alice.ReactAsync(chat.Id, 2, null);
        Assert.Null((await chat.Bob.ReactAsync(chat.Id, 2, null)).Message.Reactions);
        Assert.Equal((0, 5), ((await chat.Bob.ReactAsync(chat.Id, 2, null)).Version, (await chat.Bob.ConversationAsync(chat.Id)).LastChange));
    }

    [Fact]
    public async Task A_reply_names_the_message_it_answers_to_both_and_keeps_it_when_that_is_removed()
    {
        await using var chat = await server.OpenChatWithMessageAsync();

        var reply = await chat.Bob.ReplyAsync(chat.Id, 2, "To that");

        Assert.Equal((3, 2), (reply.Message.Seq, reply.Message.ReplyToSeq));
        Assert.Equal(2, (await chat.Alice.NextAsync<MessageReceived>()).Message.ReplyToSeq);
        await chat.Alice.RemoveAsync(chat.Id, 2);
        Assert.Equal(2, (await chat.Alice.MessageAsync(chat.Id, 3)).ReplyToSeq);
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Bob.ReplyAsync(chat.Id, 4, "To nothing"));
    }

    [Fact]
    public async Task Same_clientId_compares_what_it_replies_to_and_no_text_that_has_changed()
    {
        await using var chat = await server.OpenChatWithMessageAsync();
        await chat.Alice.ReplyAsync(chat.Id, 1, "Once", "again");
        await Wire.RefusedAsync(ErrorCodes.Conflict, chat.Alice.SayAsync(chat.Id, "Once", "again"));
        await Wire.RefusedAsync(ErrorCodes.Conflict, chat.Alice.ReplyAsync(chat.Id, 2, "Once", "again"));
        await Wire.RefusedAsync(ErrorCodes.Conflict, chat.Alice.ReplyAsync(chat.Id, 1, "Twice", "again"));

        await chat.Alice.EditAsync(chat.Id, 3, "Edited");
        var repeated = await chat.Alice.ReplyAsync(chat.Id, 1, "Once", "again");
        Assert.Equal((0, "Edited", 3), (repeated.Version, repeated.Message.Text, repeated.Message.Seq));

        await chat.Alice.RemoveAsync(chat.Id, 3);
        Assert.Equal((0, ""), ((await chat.Alice.ReplyAsync(chat.Id, 1, "Once", "again")).Version, (await chat.Alice.MessageAsync(chat.Id, 3)).Text));
        await Wire.RefusedAsync(ErrorCodes.Conflict, chat.Alice.ReplyAsync(chat.Id, 2, "Once", "again"));
    }

    [Fact]
    public async Task A_request_repeated_after_its_message_was_edited_reads_its_present_state()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        var sent = await alice.RequestAsync(bob, "Hello?", "asked");
        var chat = (await bob.AcceptAsync(sent.Request.RequestId)).Conversation.ConversationId;
        await Wire.RefusedAsync(ErrorCodes.Conflict, alice.RequestAsync(bob, "Hello!", "asked"));

        await alice.EditAsync(chat, 1, "Edited");

        Assert.Equal((0, "Edited"), ((await alice.RequestAsync(bob, "Hello?", "asked")).Version, (await alice.RequestAsync(bob, "Hello?", "asked")).Request.Text));
    }

    [Fact]
    public async Task The_clientId_is_its_senders_alone()
    {
        await using var chat = await server.OpenChatAsync();
        var sent = await chat.Alice.SayAsync(chat.Id, "Hello", "private");
        Assert.Equal("private", sent.Message.ClientId);
        Assert.Null((await chat.Bob.NextAsync<MessageReceived>()).Message.ClientId);
        Assert.Null((await chat.Bob.ConversationAsync(chat.Id)).LastMessage!.ClientId);
        Assert.Null((await chat.Bob.MessageAsync(chat.Id, 2)).ClientId);
        Assert.Equal("private", (await chat.Alice.MessageAsync(chat.Id, 2)).ClientId);
    }

    [Fact]
    public async Task Changes_missed_in_an_outage_are_found_by_Sync_and_changedAfter_in_their_order()
    {
        await using var chat = await server.OpenChatWithMessageAsync();
        for (var i = 3; i <= 50; i++)
            await chat.Alice.SayAsync(chat.Id, $"Message {i}");
        var version = await chat.Bob.VersionAsync();
        foreach (var (seq, text) in new[] { (7, "Edited"), (3, "Edited"), (44, "Edited"), (3, "Edited again") })
            await chat.Alice.EditAsync(chat.Id, seq, text);
        await chat.Alice.RemoveAsync(chat.Id, 9);
        await chat.Alice.ReactAsync(chat.Id, 7, "👍");

        var synced = Assert.Single((await chat.Bob.Hub.Sync(new() { After = version })).Conversations);
        Assert.Equal(6, synced.LastChange);
        var (mine, changed) = (0L, new List<Message>());
        MessagePage page;
        do
        {
            page = await chat.Bob.Hub.GetMessages(new() { ConversationId = chat.Id, ChangedAfter = mine, Limit = 2 });
            changed.AddRange(page.Items);
            mine = page.Items[^1].Change;
        }
        while (page.HasMore);

        // Each once, in its latest state.
        Assert.Equal([(44, 3), (3, 4), (9, 5), (7, 6)], changed.Select(message => (message.Seq, message.Change)));
        Assert.Equal(synced.LastChange, mine);
        Assert.Empty((await chat.Bob.Hub.GetMessages(new() { ConversationId = chat.Id, ChangedAfter = mine })).Items);
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Bob.Hub.GetMessages(new() { ConversationId = chat.Id, ChangedAfter = 0, After = 0 }));
    }
}
