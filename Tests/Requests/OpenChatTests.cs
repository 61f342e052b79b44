using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Requests;

/// <summary>The table of what refuses in an open conversation, and in which order.</summary>
public sealed class OpenChatTests(SharedServer server)
{
    private static readonly (Circumstance Circumstance, string Code)[] Columns =
    [
        (Circumstance.CallerBanned, ErrorCodes.MessagingBanned),
        (Circumstance.CallerOff, ErrorCodes.MessagingDisabled),
        (Circumstance.CallerBlocks, ErrorCodes.YouBlockedUser),
        (Circumstance.OtherBlocks, ErrorCodes.MessagingUnavailable),
        (Circumstance.OtherOff, ErrorCodes.MessagingUnavailable),
        (Circumstance.OtherRemoved, ErrorCodes.MessagingUnavailable),
    ];

    /// <summary>Each column, and all the later ones with it: the first answers.</summary>
    public static TheoryData<Circumstance, bool> Rows() =>
        [.. Columns.Select(column => (column.Circumstance, false)), .. Columns.Select(column => (column.Circumstance, true))];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Writing_is_refused_and_everything_else_works(Circumstance circumstance, bool withAllLater)
    {
        var index = Array.FindIndex(Columns, column => column.Circumstance == circumstance);
        var others = (withAllLater ? Columns[(index + 1)..] : []).Select(column => column.Circumstance).ToArray();
        var pair = await Pair.InAsync(server, [Circumstance.Connected, circumstance, .. others]);
        var chat = Assert.Single((await pair.Caller.Hub.ListConversations(new())).Items);
        var version = await pair.Caller.VersionAsync();

        await Wire.RefusedAsync(Columns[index].Code, pair.Caller.SayAsync(chat.ConversationId, "Are you there?"));
        Assert.Equal(version, await pair.Caller.VersionAsync());

        // Typing is ignored; reading and marking work; the history stays.
        await pair.Caller.Hub.SetTyping(new() { ConversationId = chat.ConversationId });
        Assert.Empty(pair.Other.Received.Typing.TakeAll());
        Assert.Single((await pair.Caller.Hub.GetMessages(new() { ConversationId = chat.ConversationId })).Items);
        Assert.Equal(1, (await pair.Caller.SeeAsync(chat.ConversationId, 1)).Seq);

        // So do reporting and blocking, also of who is no longer there.
        Assert.NotEmpty((await pair.Caller.Hub.Report(new() { UserId = pair.Other.Id, Reason = ReportReason.Spam, ConversationId = chat.ConversationId })).ReportId);
        var blocked = await pair.Caller.BlockAsync(pair.Other);
        Assert.Equal((true, ConversationState.YouBlocked), (blocked.YouBlocked, blocked.Conversation!.State));
        Assert.Equal([pair.Other.Id], (await pair.Caller.Hub.ListBlocked(new())).Items.Select(card => card.UserId));
        Assert.False((await pair.Caller.UnblockAsync(pair.Other)).YouBlocked);
    }

    [Theory]
    [InlineData(Circumstance.CallerBanned, ErrorCodes.MessagingBanned)]
    [InlineData(Circumstance.CallerOff, ErrorCodes.MessagingDisabled)]
    [InlineData(Circumstance.OtherOff, ErrorCodes.MessagingUnavailable)]
    public async Task A_waiting_request_cannot_be_accepted_but_be_deleted_and_withdrawn(Circumstance circumstance, string code)
    {
        var pair = await Pair.InAsync(server, Circumstance.Crossing, circumstance);
        var request = Assert.Single(await pair.Caller.FolderAsync());
        await Wire.RefusedAsync(code, pair.Caller.AcceptAsync(request));
        Assert.Equal(RequestState.Pending, (await pair.Caller.Hub.GetRequest(new() { RequestId = request })).State);
        Assert.Equal(request, (await pair.Caller.DeleteAsync(request)).RequestId);

        var other = await Pair.InAsync(server, Circumstance.Pending, circumstance);
        var sent = Assert.Single((await other.Caller.Hub.ListRequests(new() { Direction = RequestDirection.Outgoing })).Items);
        Assert.Equal(RequestState.Withdrawn, (await other.Caller.WithdrawAsync(sent.RequestId)).Request.State);
    }

    [Fact]
    public async Task Accepting_again_answers_the_present_state_whatever_has_happened_since()
    {
        await using var chat = await server.OpenChatAsync();
        await chat.Alice.BlockAsync(chat.Bob);
        await chat.Bob.SetAsync(MessagingPolicy.Nobody);
        await server.BanAsync(chat.Bob);
        var again = await chat.Bob.AcceptAsync(chat.RequestId);
        Assert.Equal((0, chat.Id, ConversationState.Unavailable), (again.Version, again.Conversation.ConversationId, again.Conversation.State));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Message_1_brings_the_conversation_to_a_peer_who_has_not_opened_it(bool hasOpened)
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        await alice.FollowAsync(bob);
        await bob.FollowAsync(alice);
        if (hasOpened)
            await bob.OpenAsync(alice);
        var chat = (await alice.OpenAsync(bob)).Conversation.ConversationId;

        await alice.SayAsync(chat, "Hello");

        var received = await bob.NextAsync<MessageReceived>();
        Assert.Equal((1, hasOpened ? null : chat), (received.Message.Seq, received.Conversation?.ConversationId));
        Assert.Equal(1, (await bob.ConversationAsync(chat)).LastSeq);
    }

    [Fact]
    public async Task An_existing_chat_follows_the_peers_policy_both_ways_until_it_is_on_again()
    {
        await using var chat = await server.OpenChatAsync();
        await chat.Bob.SetAsync(MessagingPolicy.Nobody);
        Assert.Equal(ConversationState.Unavailable, await chat.Alice.ChatStateAsync(chat.Id));
        Assert.Equal(ConversationState.Open, await chat.Bob.ChatStateAsync(chat.Id));
        await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, chat.Alice.SayAsync(chat.Id, "Hello?"));
        await Wire.RefusedAsync(ErrorCodes.MessagingDisabled, chat.Bob.SayAsync(chat.Id, "Hello?"));

        // New contact is only for people whom they follow; an open chat stays open.
        await chat.Bob.SetAsync(MessagingPolicy.Following);
        Assert.Equal(ConversationState.Open, await chat.Alice.ChatStateAsync(chat.Id));
        Assert.Equal(2, (await chat.Alice.SayAsync(chat.Id, "Hello?")).Message.Seq);
        Assert.Equal(3, (await chat.Bob.SayAsync(chat.Id, "Hello!")).Message.Seq);
    }

    [Fact]
    public async Task Settings_are_published_to_the_own_devices_and_the_same_again_raises_no_event()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await using var laptop = await alice.Account.ConnectAsync();
        Assert.Equal(Wire.Json(new Settings { HiddenWords = [] }), Wire.Json((await alice.Hub.GetMe(new())).Settings));

        var changed = await alice.SetAsync(MessagingPolicy.Following, receipts: false, presence: false);
        var expected = new Settings { HiddenWords = [], MessagingPolicy = MessagingPolicy.Following, SendSeenReceipts = false, ShowPresence = false };
        Assert.Equal((1, Wire.Json(expected)), (changed.Version, Wire.Json(changed.Me.Settings)));
        Assert.Equal(Wire.Json(changed), Wire.Json(await laptop.NextAsync<MeChanged>()));
        Assert.Equal(0, (await alice.SetAsync(receipts: false)).Version);
        Assert.Equal(Wire.Json(expected with { SendSeenReceipts = true }), Wire.Json((await alice.SetAsync(receipts: true)).Me.Settings));
    }
}
