using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Safety;
using ChatHub.Tests.Sync;
using Xunit;

namespace ChatHub.Tests.Conversations;

/// <summary>Retention:MessagesDays: expired messages read as cleared for both sides, and are gone from the database.</summary>
public sealed class MessageExpiryTests : IAsyncLifetime
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(20);

    private InProcessServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        // At noon, so that a day that passes is the next UTC day.
        var noon = new DateTimeOffset(DateTimeOffset.UtcNow.Date.AddHours(12), TimeSpan.Zero);
        _server = await InProcessServer.StartAsync(new ManualTime(noon), ("Retention:MessagesDays", "7"));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Expired_messages_read_as_cleared_for_both_sides_each_with_one_event()
    {
        await using var chat = await OldChatAsync();
        await DayAsync();
        await chat.Alice.SayAsync(chat.Id, "New");
        await chat.Bob.NextAsync<MessageReceived>();
        var (alice, bob) = (await chat.Alice.VersionAsync(), await chat.Bob.VersionAsync());

        await ExpireAsync();

        var mine = await chat.Alice.NextAsync<ConversationChanged>();
        var theirs = await chat.Bob.NextAsync<ConversationChanged>();
        Assert.Equal((alice + 1, bob + 1), (mine.Version, theirs.Version));
        Assert.Equal((3, 4, 0), (mine.Conversation.ClearedSeq, mine.Conversation.LastMessage!.Seq, mine.Conversation.UnreadCount));
        Assert.Equal((3, 3, 1, 1, 1), (theirs.Conversation.ClearedSeq, theirs.Conversation.SeenSeq, theirs.Conversation.UnreadCount, theirs.Badges.UnreadMessages, theirs.Badges.UnreadConversations));
        // Bob never saw them, and that is what alice reads.
        Assert.Equal(1, mine.Conversation.PeerSeenSeq);
        foreach (var device in new[] { chat.Alice, chat.Bob })
        {
            foreach (var input in new GetMessagesInput[] { new(), new() { After = 0 }, new() { Before = 100 } })
                Assert.Equal(4, Assert.Single((await device.Hub.GetMessages(input with { ConversationId = chat.Id })).Items).Seq);
            Assert.Empty((await device.Hub.GetMessages(new() { ConversationId = chat.Id, ChangedAfter = 0 })).Items);
            Assert.Equal("", (await device.Hub.GetRequest(new() { RequestId = chat.RequestId })).Text);
        }
    }

    [Fact]
    public async Task Nothing_of_an_expired_text_is_left_in_the_database()
    {
        await using var chat = await OldChatAsync();
        await chat.Bob.ClearAsync(chat.Id, 1);
        Assert.Contains("Hello?", await _server.Database.ContentAsync(), StringComparison.Ordinal);

        await DayAsync();
        await ExpireAsync();
        await chat.Alice.NextAsync<ConversationChanged>();

        var content = await _server.Database.ContentAsync();
        foreach (var text in (string[])["Hello?", "Second", "Third", "First wording"])
            Assert.DoesNotContain(text, content, StringComparison.Ordinal);
        foreach (var table in (string[])["messages", "message_changes", "earlier_texts", "clearings"])
            Assert.Equal([0L], await _server.Database.ListAsync<long>($"SELECT COUNT(*) FROM {table}"));
    }

    [Fact]
    public async Task A_chat_of_which_all_expired_goes_on_with_the_next_seq()
    {
        await using var chat = await OldChatAsync();
        await DayAsync();
        await ExpireAsync();
        Assert.Equal((3, null), ((await chat.Bob.NextAsync<ConversationChanged>()).Conversation.ClearedSeq, (await chat.Bob.ConversationAsync(chat.Id)).LastMessage));
        await chat.Alice.NextAsync<ConversationChanged>();

        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Alice.RemoveAsync(chat.Id, 2));
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Alice.ReplyAsync(chat.Id, 2, "To that"));
        var next = await chat.Alice.SayAsync(chat.Id, "Fourth");
        var received = await chat.Bob.NextAsync<MessageReceived>();
        Assert.Equal((4, 1, 1), (next.Message.Seq, received.UnreadCount, received.Badges.UnreadMessages));
        Assert.Equal(0, (await chat.Bob.SeeAsync(chat.Id, 4)).UnreadCount);
        Assert.Equal(4, (await chat.Alice.NextAsync<MessagesSeen>()).Seq);
    }

    [Fact]
    public async Task A_side_that_had_cleared_them_gets_no_event()
    {
        await using var chat = await OldChatAsync();
        await chat.Bob.ClearAsync(chat.Id, 3);
        await DayAsync();
        await ExpireAsync();

        await chat.Alice.NextAsync<ConversationChanged>();
        await chat.Bob.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task A_device_that_was_away_learns_it_by_catching_up()
    {
        await using var chat = await OldChatAsync();
        var (alice, bob) = (await chat.Alice.VersionAsync(), await chat.Bob.VersionAsync());
        await DayAsync();
        await ExpireAsync();
        await chat.Bob.NextAsync<ConversationChanged>();

        foreach (var (device, version) in new[] { (chat.Alice, alice), (chat.Bob, bob) })
        {
            var page = await device.Hub.Sync(new() { After = version, Limit = 1 });
            Assert.Equal((3, 0, false), (Assert.Single(page.Conversations).ClearedSeq, page.Me.Badges.UnreadMessages, page.HasMore));
            Assert.Equal((chat.RequestId, ""), (Assert.Single(page.Requests).RequestId, page.Requests[0].Text));
        }
    }

    [Fact]
    public async Task A_request_accepted_late_is_as_old_as_its_chat()
    {
        await using var alice = await _server.ConnectUserAsync("alice");
        await using var bob = await _server.ConnectUserAsync("bob");
        var sent = await alice.RequestAsync(bob, "Asked long ago");
        for (var day = 0; day < 20; day++)
            await DayAsync();
        var id = (await bob.AcceptAsync(sent.Request.RequestId)).Conversation.ConversationId;

        await DayAsync();
        Assert.Equal("Asked long ago", (await bob.MessageAsync(id, 1)).Text);
        await alice.NextAsync<RequestAccepted>();
        await ExpireAsync();
        Assert.Equal(1, (await alice.NextAsync<ConversationChanged>()).Conversation.ClearedSeq);
    }

    [Fact]
    public async Task What_expired_can_no_longer_be_reported_or_exported_and_a_report_from_before_keeps_its_copy()
    {
        await using var chat = await OldChatAsync();
        var early = await chat.Bob.ReportAsync(chat.Alice);
        await DayAsync();
        await ExpireAsync();
        await chat.Bob.NextAsync<ConversationChanged>();

        Assert.Contains((await _server.CaseAsync(early)).Evidence, copy => copy.Text == "Second");
        var input = new ReportInput { UserId = chat.Alice.Id, Reason = ReportReason.Spam, ConversationId = chat.Id };
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, chat.Bob.Hub.Report(input with { Seqs = [2] }));
        Assert.Equal(early, (await chat.Bob.Hub.Report(input)).ReportId);
        var lines = await Export.OfAsync(_server, chat.Bob);
        Assert.DoesNotContain(lines, line => line.Message is not null || line.EarlierText is not null);
    }

    [Fact]
    public async Task A_long_chat_expires_step_by_step()
    {
        await using var chat = await OldChatAsync();
        await FillAsync(chat.Id, upTo: 2_500);
        await DayAsync();
        await ExpireAsync();

        foreach (var upTo in (long[])[1_000, 2_000, 2_500])
            Assert.Equal(upTo, (await chat.Alice.NextAsync<ConversationChanged>()).Conversation.ClearedSeq);
        Assert.Equal([0L], await _server.Database.ListAsync<long>("SELECT COUNT(*) FROM messages"));
    }

    /// <summary>A chat with three messages of alice's, the second edited, of which bob saw the first.</summary>
    private async Task<Chat> OldChatAsync()
    {
        var chat = await _server.OpenChatAsync();
        await chat.Alice.SayAsync(chat.Id, "First wording");
        await chat.Alice.EditAsync(chat.Id, 2, "Second");
        await chat.Alice.SayAsync(chat.Id, "Third");
        await chat.Bob.NextAsync<MessageReceived>();
        await chat.Bob.NextAsync<MessageChanged>();
        await chat.Bob.NextAsync<MessageReceived>();
        return chat;
    }

    /// <summary>Messages that were sent as long ago as the others: by the database, where they are many.</summary>
    private Task FillAsync(string conversationId, int upTo) => _server.Database.ExecuteAsync(
        $"""
        WITH seqs AS (SELECT 4 AS seq UNION ALL SELECT seq + 1 FROM seqs WHERE seq < {upTo})
        INSERT INTO messages (conversation_key, seq, sender_key, sender_count, client_id, text, sent_at)
        SELECT m.conversation_key, s.seq, m.sender_key, s.seq, 'c', 'Filling', m.sent_at
        FROM seqs s, messages m JOIN conversations c ON c.conversation_key = m.conversation_key
        WHERE m.seq = 3 AND c.conversation_id = @conversationId {(TestDatabase.IsSqlServer ? "OPTION (MAXRECURSION 0)" : "")};
        UPDATE participants SET sent_count = sent_count + {upTo - 3}
        WHERE sent_count = 3 AND conversation_key IN (SELECT conversation_key FROM conversations WHERE conversation_id = @conversationId);
        UPDATE inboxes SET unread_messages = unread_messages + {upTo - 3} WHERE unread_messages = 2
        """,
        new { conversationId });

    private async Task DayAsync()
    {
        await _server.Time.TimerSetAsync(Sweep).SoonAsync();
        _server.Time.Advance(TimeSpan.FromDays(1));
        await _server.Time.TimerSetAsync(Sweep).SoonAsync();
    }

    /// <summary>Seven days on: what a day has passed for is then older than they are.</summary>
    private async Task ExpireAsync()
    {
        for (var day = 0; day < 6; day++)
            await DayAsync();
        Assert.NotEqual([0L], await _server.Database.ListAsync<long>("SELECT COUNT(*) FROM messages"));
        await DayAsync();
    }
}
