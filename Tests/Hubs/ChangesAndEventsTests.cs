using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hubs;

/// <summary>Every changing call: the answer, the other device's event, the other side's event, versions and badges.</summary>
public sealed class ChangesAndEventsTests(SharedServer server) : IAsyncLifetime
{
    private TwoDevices _alice = null!;
    private TwoDevices _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _alice = await TwoDevices.ConnectAsync(server, "alice");
        _bob = await TwoDevices.ConnectAsync(server, "bob");
    }

    public async ValueTask DisposeAsync()
    {
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
    }

    [Fact]
    public async Task A_request_is_sent_and_received()
    {
        var sent = await AskAsync("Hello?");
        var received = await _bob.ReceiveAsync<RequestReceived>();

        Assert.Equal((RequestDirection.Outgoing, RequestState.Pending), (sent.Request.Direction, sent.Request.State));
        Assert.Equal((_alice.Id, _bob.Id), (sent.Request.Sender.UserId, sent.Request.Recipient.UserId));
        Assert.Null(sent.Conversation);
        Assert.Equal(Wire.Json(sent.Request with { Direction = RequestDirection.Incoming, Folder = RequestFolder.Main }), Wire.Json(received.Request));
        Assert.Equal(1, received.Badges.PendingRequests);
        await QuietAsync();
    }

    [Fact]
    public async Task A_request_is_accepted_and_accepting_again_answers_the_same_state()
    {
        var id = await AskedAsync();

        var accepted = await _bob.ChangeAsync(hub => hub.AcceptRequest(new() { RequestId = id }));
        var notified = await _alice.ReceiveAsync<RequestAccepted>();

        Assert.Equal(RequestState.Accepted, accepted.Request.State);
        Assert.Equal(accepted.Conversation.ConversationId, accepted.Request.ConversationId);
        Assert.Equal(0, accepted.Badges.PendingRequests);
        Assert.Equal((1, 0, 1, 0), (accepted.Conversation.LastSeq, accepted.Conversation.UnreadCount, accepted.Conversation.SeenSeq, accepted.Conversation.PeerSeenSeq));
        Assert.Equal((1, 0, 0, 1), (notified.Conversation.LastSeq, notified.Conversation.UnreadCount, notified.Conversation.SeenSeq, notified.Conversation.PeerSeenSeq));
        Assert.Equal(_alice.Id, accepted.Conversation.Peer.UserId);
        Assert.Equal(_bob.Id, notified.Conversation.Peer.UserId);
        Assert.Equal(notified.Request.SentAt, notified.Conversation.LastMessage!.SentAt);

        var again = await _bob.RepeatAsync(hub => hub.AcceptRequest(new() { RequestId = id }));
        Assert.Equal(Wire.Json(accepted with { Version = 0 }), Wire.Json(again));
        await QuietAsync();
    }

    [Fact]
    public async Task Deleted_request_raises_no_event_for_its_sender_and_deleting_is_idempotent()
    {
        var id = await AskedAsync();

        var removed = await _bob.ChangeAsync(hub => hub.DeleteRequest(new() { RequestId = id }));
        Assert.Equal((id, 0), (removed.RequestId, removed.Badges.PendingRequests));
        await _bob.RepeatAsync(hub => hub.DeleteRequest(new() { RequestId = id }));

        await QuietAsync();
        Assert.Equal(RequestFolder.Deleted, (await _bob.Phone.Hub.GetRequest(new() { RequestId = id })).Folder);
        await Wire.RefusedAsync(ErrorCodes.RequestClosed, _bob.Phone.AcceptAsync(id));
        Assert.Equal(RequestState.Pending, (await _alice.Phone.Hub.GetRequest(new() { RequestId = id })).State);
        Assert.Equal(RequestState.Pending, Assert.Single((await _alice.Phone.Hub.ListRequests(new() { Direction = RequestDirection.Outgoing })).Items).State);
        await Wire.RefusedAsync(ErrorCodes.RequestPending, _alice.Phone.RequestAsync(_bob.Phone));
    }

    [Fact]
    public async Task An_accepted_request_is_deleted_and_the_chat_stays()
    {
        var id = await AskedAsync();
        await _bob.ChangeAsync(hub => hub.AcceptRequest(new() { RequestId = id }));
        var chat = (await _alice.ReceiveAsync<RequestAccepted>()).Conversation.ConversationId;

        await _bob.ChangeAsync(hub => hub.DeleteRequest(new() { RequestId = id }));

        await QuietAsync();
        Assert.Empty((await _bob.Phone.Hub.ListRequests(new() { Direction = RequestDirection.Incoming, State = RequestFilter.All })).Items);
        Assert.Equal(RequestState.Accepted, (await _alice.Phone.Hub.GetRequest(new() { RequestId = id })).State);
        await _bob.ChangeAsync(hub => hub.SendMessage(new() { ConversationId = chat, Text = "Still here", ClientId = "x" }));
    }

    [Fact]
    public async Task A_request_is_withdrawn_and_withdrawing_again_answers_the_same_state()
    {
        var id = await AskedAsync();

        var withdrawn = await _alice.ChangeAsync(hub => hub.WithdrawRequest(new() { RequestId = id }));
        var removed = await _bob.ReceiveAsync<RequestRemoved>();

        Assert.Equal(RequestState.Withdrawn, withdrawn.Request.State);
        Assert.Equal((id, 0), (removed.RequestId, removed.Badges.PendingRequests));
        var again = await _alice.RepeatAsync(hub => hub.WithdrawRequest(new() { RequestId = id }));
        Assert.Equal(Wire.Json(withdrawn with { Version = 0 }), Wire.Json(again));
        await Wire.RefusedAsync(ErrorCodes.RequestClosed, _bob.Phone.AcceptAsync(id));
        await QuietAsync();
        await Wire.RefusedAsync(ErrorCodes.RequestLimitReached, AskAsync("Once more"));
    }

    [Fact]
    public async Task Withdrawal_after_a_silent_deletion_takes_the_request_out_of_the_folder_deleted()
    {
        var id = await AskedAsync();
        await _bob.ChangeAsync(hub => hub.DeleteRequest(new() { RequestId = id }));

        await _alice.ChangeAsync(hub => hub.WithdrawRequest(new() { RequestId = id }));

        Assert.Equal(id, (await _bob.ReceiveAsync<RequestRemoved>()).RequestId);
        await QuietAsync();
        await _bob.RepeatAsync(hub => hub.DeleteRequest(new() { RequestId = id }));
    }

    [Fact]
    public async Task A_message_is_sent_received_and_seen()
    {
        var chat = await ChatAsync();

        var said = await _alice.ChangeAsync(hub => hub.SendMessage(new() { ConversationId = chat, Text = "One", ClientId = "m1" }));
        var received = await _bob.ReceiveAsync<MessageReceived>();
        Assert.Equal(Wire.Json(said.Message with { ClientId = null }), Wire.Json(received.Message));
        Assert.Equal((0, 1), (said.UnreadCount, received.UnreadCount));
        Assert.Null(received.Conversation);
        Assert.Equal(new() { UnreadConversations = 1, UnreadMessages = 1 }, received.Badges);

        await _alice.ChangeAsync(hub => hub.SendMessage(new() { ConversationId = chat, Text = "Two", ClientId = "m2" }));
        Assert.Equal(new() { UnreadConversations = 1, UnreadMessages = 2 }, (await _bob.ReceiveAsync<MessageReceived>()).Badges);

        var first = await _bob.ChangeAsync(hub => hub.MarkSeen(new() { ConversationId = chat, Seq = 2 }));
        Assert.Equal((2, 1, _bob.Id), (first.Seq, first.UnreadCount, first.SeenBy));
        Assert.Equal(new() { UnreadConversations = 1, UnreadMessages = 1 }, first.Badges);
        var green = await _alice.ReceiveAsync<MessagesSeen>();
        Assert.Equal((2, _bob.Id, first.At, 0), (green.Seq, green.SeenBy, green.At, green.UnreadCount));

        var last = await _bob.ChangeAsync(hub => hub.MarkSeen(new() { ConversationId = chat, Seq = 3 }));
        Assert.Equal(new(), last.Badges);
        await _alice.ReceiveAsync<MessagesSeen>();

        var back = await _bob.RepeatAsync(hub => hub.MarkSeen(new() { ConversationId = chat, Seq = 1 }));
        Assert.Equal(Wire.Json(last with { Version = 0 }), Wire.Json(back));
        await QuietAsync();
    }

    [Fact]
    public async Task Reply_leaves_the_senders_unread_count_unchanged()
    {
        var chat = await ChatAsync();
        await _alice.ChangeAsync(hub => hub.SendMessage(new() { ConversationId = chat, Text = "Question", ClientId = "q" }));
        await _bob.ReceiveAsync<MessageReceived>();

        var answer = await _bob.ChangeAsync(hub => hub.SendMessage(new() { ConversationId = chat, Text = "Answer", ClientId = "a" }));

        Assert.Equal((1, 1), (answer.UnreadCount, answer.Badges.UnreadMessages));
        Assert.Equal(1, (await _alice.ReceiveAsync<MessageReceived>()).UnreadCount);
    }

    [Fact]
    public async Task A_profile_change_goes_to_the_own_devices_alone()
    {
        var changed = await _alice.ChangeAsync(hub => hub.UpdateProfile(new() { DisplayName = " Alice A. ", Bio = "Sails\tand rows" }));
        Assert.Equal(("Alice A.", "Sails\tand rows"), (changed.Me.User.DisplayName, changed.Me.Bio));

        var same = await _alice.RepeatAsync(hub => hub.UpdateProfile(new() { DisplayName = "Alice A." }));
        Assert.Equal("Sails\tand rows", same.Me.Bio);
        Assert.Null((await _alice.ChangeAsync(hub => hub.UpdateProfile(new() { Bio = "" }))).Me.Bio);
        await QuietAsync();
    }

    [Fact]
    public async Task Typing_is_pushed_to_the_peer_alone_without_a_version()
    {
        var chat = await ChatAsync();
        var before = (await _alice.Phone.VersionAsync(), await _bob.Phone.VersionAsync());

        await _alice.Phone.Hub.SetTyping(new() { ConversationId = chat });

        foreach (var device in (Device[])[_bob.Phone, _bob.Laptop])
            Assert.Equal(new() { ConversationId = chat, UserId = _alice.Id }, await device.Received.Typing.NextAsync());
        Assert.Equal(before, (await _alice.Phone.VersionAsync(), await _bob.Phone.VersionAsync()));
        await QuietAsync();
        Assert.Empty(_alice.Laptop.Received.Typing.TakeAll());
    }

    [Fact]
    public async Task New_connection_gets_its_position()
    {
        await AskedAsync();
        await using var late = await _bob.Phone.Account.ConnectAsync();

        var me = await late.Hub.GetMe(new());

        Assert.Equal(new Position { Epoch = me.Epoch, Version = 1 }, await late.Received.Positions.NextAsync());
        Assert.Equal(1, me.Version);
    }

    private async Task QuietAsync()
    {
        await _alice.ReceivedNothingElseAsync();
        await _bob.ReceivedNothingElseAsync();
    }

    private Task<RequestChanged> AskAsync(string text) => _alice.ChangeAsync(
        hub => hub.SendRequest(new() { RecipientId = _bob.Id, Text = text, ClientId = UserActions.NewClientId() }));

    private async Task<string> AskedAsync()
    {
        var sent = await AskAsync("Hello?");
        await _bob.ReceiveAsync<RequestReceived>();
        return sent.Request.RequestId;
    }

    private async Task<string> ChatAsync()
    {
        var id = await AskedAsync();
        await _bob.ChangeAsync(hub => hub.AcceptRequest(new() { RequestId = id }));
        return (await _alice.ReceiveAsync<RequestAccepted>()).Conversation.ConversationId;
    }
}
