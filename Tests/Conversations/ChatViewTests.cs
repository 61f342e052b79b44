using ChatHub.Contracts;
using ChatHub.Tests.Hubs;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Conversations;

/// <summary>A user's own view of a chat: receipts, muting, archive, pins; the same on all devices, and never the peer's business.</summary>
public sealed class ChatViewTests(ClockServer server) : IClassFixture<ClockServer>
{
    [Fact]
    public async Task UpdateConversation_is_one_change_for_the_own_devices_and_none_for_the_peer()
    {
        await using var bob = await server.ConnectUserAsync("bob");
        await using var alice = await TwoDevices.ConnectAsync(server, "alice");
        var sent = await alice.ChangeAsync(hub => hub.SendRequest(new() { RecipientId = bob.Id, Text = "Hello?", ClientId = "c" }));
        await bob.NextAsync<RequestReceived>();
        var id = (await bob.AcceptAsync(sent.Request.RequestId)).Conversation.ConversationId;
        await alice.ReceiveAsync<RequestAccepted>();
        var until = server.Time.GetUtcNow() + TimeSpan.FromHours(8);
        UpdateConversationInput input = new() { ConversationId = id, SendSeenReceipts = ReceiptSetting.Off, MutedUntil = until, IsArchived = true, IsPinned = true };

        var changed = (await alice.ChangeAsync(hub => hub.UpdateConversation(input))).Conversation;

        Assert.Equal((ReceiptSetting.Off, until, true, true), (changed.SendSeenReceipts, changed.MutedUntil, changed.IsArchived, changed.IsPinned));
        Assert.Equal(Wire.Json(changed), Wire.Json((await alice.RepeatAsync(hub => hub.UpdateConversation(input))).Conversation));
        Assert.Equal(Wire.Json(changed), Wire.Json((await alice.RepeatAsync(hub => hub.UpdateConversation(new() { ConversationId = id }))).Conversation));
        var theirs = await bob.ConversationAsync(id);
        Assert.Equal((ReceiptSetting.Default, null, false, false), (theirs.SendSeenReceipts, theirs.MutedUntil, theirs.IsArchived, theirs.IsPinned));
        await bob.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task Mute_ends_when_it_is_read_without_an_event_and_a_past_instant_unmutes()
    {
        await using var chat = await server.OpenChatAsync();
        await MuteAsync(chat.Alice, chat.Id, server.Time.GetUtcNow() + TimeSpan.FromHours(1));
        var version = await chat.Alice.VersionAsync();
        server.Time.Advance(TimeSpan.FromHours(1));

        Assert.Null((await chat.Alice.ConversationAsync(chat.Id)).MutedUntil);
        Assert.Equal(version, await chat.Alice.VersionAsync());
        // Nothing left to do: it is over.
        Assert.Equal(0, (await MuteAsync(chat.Alice, chat.Id, server.Time.GetUtcNow())).Version);

        var forever = new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(forever, (await MuteAsync(chat.Alice, chat.Id, forever)).Conversation.MutedUntil);
        Assert.Null((await MuteAsync(chat.Alice, chat.Id, DateTimeOffset.UnixEpoch)).Conversation.MutedUntil);
    }

    [Fact]
    public async Task A_muted_chat_counts_as_any_other()
    {
        await using var chat = await server.OpenChatAsync();
        await MuteAsync(chat.Bob, chat.Id, server.Time.GetUtcNow() + TimeSpan.FromHours(1));
        await chat.Alice.SayAsync(chat.Id, "Hello");
        Assert.Equal((1, 1), ((await chat.Bob.NextAsync<MessageReceived>()).Badges.UnreadMessages, (await chat.Bob.Hub.GetMe(new())).Badges.UnreadConversations));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Archived_chats_are_listed_apart_until_the_next_message_of_either_side(bool own)
    {
        await using var chat = await server.OpenChatAsync();
        await ArchiveAsync(chat.Bob, chat.Id);
        Assert.Empty(await ListAsync(chat.Bob));
        Assert.Equal([chat.Id], await ListAsync(chat.Bob, archived: true));

        await (own ? chat.Bob : chat.Alice).SayAsync(chat.Id, "Back");

        Assert.Equal([chat.Id], await ListAsync(chat.Bob));
        Assert.Empty(await ListAsync(chat.Bob, archived: true));
        Assert.False((await chat.Bob.ConversationAsync(chat.Id)).IsArchived);
    }

    [Fact]
    public async Task A_change_of_a_message_leaves_its_chat_in_the_archive()
    {
        await using var chat = await server.OpenChatWithMessageAsync();
        await ArchiveAsync(chat.Bob, chat.Id);
        await chat.Alice.EditAsync(chat.Id, 2, "Edited");
        await chat.Bob.ReactAsync(chat.Id, 2, "👍");
        Assert.True((await chat.Bob.ConversationAsync(chat.Id)).IsArchived);
    }

    [Fact]
    public async Task Pinned_chats_begin_the_list_on_pages_of_any_size()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            ids.Add(await OpenAsync(alice));
            server.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        foreach (var i in new[] { 1, 4, 5 })
            await PinAsync(alice, ids[i]);
        await ArchiveAsync(alice, ids[5]);
        await ArchiveAsync(alice, ids[6]);

        Assert.Equal([ids[4], ids[1], ids[3], ids[2], ids[0]], await ListAsync(alice));
        Assert.Equal([ids[5], ids[6]], await ListAsync(alice, archived: true));
        for (var limit = 1; limit <= 6; limit++)
        {
            Assert.Equal(await ListAsync(alice), await ListAsync(alice, limit: limit));
            Assert.Equal(await ListAsync(alice, archived: true), await ListAsync(alice, archived: true, limit: limit));
        }
    }

    [Fact]
    public async Task List_skips_no_chat_when_another_leaves_it_between_two_pages()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
            ids.Add(await OpenAsync(alice));
        var first = await alice.Hub.ListConversations(new() { Limit = 2 });
        await ArchiveAsync(alice, ids[3]);

        var second = await alice.Hub.ListConversations(new() { Limit = 2, Cursor = first.NextCursor });

        Assert.Equal([ids[3], ids[2], ids[1], ids[0]], first.Items.Concat(second.Items).Select(chat => chat.ConversationId));
    }

    [Fact]
    public async Task Cursor_of_one_list_is_refused_in_the_other()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await OpenAsync(alice);
        await OpenAsync(alice);
        var cursor = (await alice.Hub.ListConversations(new() { Limit = 1 })).NextCursor;
        Assert.NotNull(cursor);
        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, alice.Hub.ListConversations(new() { Archived = true, Cursor = cursor }));
    }

    [Fact]
    public async Task No_more_than_20_chats_can_be_pinned()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var ids = new List<string>();
        for (var i = 0; i <= Limits.PinnedMax; i++)
            ids.Add(await OpenAsync(alice));
        foreach (var id in ids.Take(Limits.PinnedMax))
            await PinAsync(alice, id);

        await Wire.RefusedAsync(ErrorCodes.InvalidArgument, PinAsync(alice, ids[^1]));
        Assert.Equal(0, (await PinAsync(alice, ids[0])).Version);
        await alice.Hub.UpdateConversation(new() { ConversationId = ids[0], IsPinned = false });
        await PinAsync(alice, ids[^1]);
    }

    [Theory]
    [InlineData(ReceiptSetting.On, false, true)]
    [InlineData(ReceiptSetting.Off, true, false)]
    [InlineData(ReceiptSetting.Default, true, true)]
    [InlineData(ReceiptSetting.Default, false, false)]
    public async Task Receipts_of_a_chat_override_the_setting(ReceiptSetting chats, bool setting, bool shown)
    {
        await using var chat = await server.OpenChatWithMessageAsync();
        await chat.Bob.SetAsync(receipts: setting);
        await chat.Bob.Hub.UpdateConversation(new() { ConversationId = chat.Id, SendSeenReceipts = chats });

        await chat.Bob.SeeAsync(chat.Id, 2);

        Assert.Equal(shown ? 2 : 1, (await chat.Alice.ConversationAsync(chat.Id)).PeerSeenSeq);
        if (shown)
            Assert.Equal(2, (await chat.Alice.NextAsync<MessagesSeen>()).Seq);
        await chat.Alice.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task Receipts_switched_on_for_a_chat_disclose_no_earlier_mark()
    {
        await using var chat = await server.OpenChatWithMessageAsync();
        await chat.Bob.Hub.UpdateConversation(new() { ConversationId = chat.Id, SendSeenReceipts = ReceiptSetting.Off });
        await chat.Bob.SeeAsync(chat.Id, 2);
        await chat.Bob.Hub.UpdateConversation(new() { ConversationId = chat.Id, SendSeenReceipts = ReceiptSetting.On });
        Assert.Equal(0, (await chat.Bob.SeeAsync(chat.Id, 2)).Version);
        Assert.Equal((1, MessageStatus.Sent), ((await chat.Alice.ConversationAsync(chat.Id)).PeerSeenSeq, (await chat.Alice.MessageAsync(chat.Id, 2)).Status));

        await chat.Alice.SayAsync(chat.Id, "Another");
        await chat.Bob.SeeAsync(chat.Id, 3);
        Assert.Equal(3, (await chat.Alice.NextAsync<MessagesSeen>()).Seq);
    }

    private static Task<ConversationChanged> PinAsync(Device device, string id) =>
        device.Hub.UpdateConversation(new() { ConversationId = id, IsPinned = true });

    private static Task<ConversationChanged> ArchiveAsync(Device device, string id) =>
        device.Hub.UpdateConversation(new() { ConversationId = id, IsArchived = true });

    private static Task<ConversationChanged> MuteAsync(Device device, string id, DateTimeOffset until) =>
        device.Hub.UpdateConversation(new() { ConversationId = id, MutedUntil = until });

    /// <summary>A chat with a new user, who follows and so needs no request.</summary>
    private async Task<string> OpenAsync(Device alice)
    {
        await using var other = await server.ConnectUserAsync("other");
        await other.FollowAsync(alice);
        return (await alice.OpenAsync(other)).Conversation.ConversationId;
    }

    private static async Task<List<string>> ListAsync(Device device, bool archived = false, int limit = Limits.PageMax)
    {
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await device.Hub.ListConversations(new() { Archived = archived, Cursor = cursor, Limit = limit });
            ids.AddRange(page.Items.Select(chat => chat.ConversationId));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return ids;
    }
}
