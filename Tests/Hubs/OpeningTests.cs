using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hubs;

/// <summary>Chats that open without asking: because the recipient follows, or because both asked.</summary>
public sealed class OpeningTests(SharedServer server) : IAsyncLifetime
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
    public async Task A_request_to_a_follower_opens_the_chat_at_once_and_counts_nothing()
    {
        await _bob.Phone.Hub.Follow(new() { UserId = _alice.Id });

        var sent = await _alice.ChangeAsync(hub => hub.SendRequest(new() { RecipientId = _bob.Id, Text = "Hi!", ClientId = "r" }));
        var received = await _bob.ReceiveAsync<MessageReceived>();

        Assert.Equal(RequestState.Accepted, sent.Request.State);
        Assert.Equal(sent.Conversation!.ConversationId, sent.Request.ConversationId);
        Assert.Equal((1, MessageStatus.Sent), (sent.Conversation.LastSeq, sent.Conversation.LastMessage!.Status));
        Assert.Equal(received.Conversation!.ConversationId, sent.Request.ConversationId);
        Assert.Equal((1, "Hi!", 1), (received.Message.Seq, received.Message.Text, received.UnreadCount));
        Assert.Equal(new() { UnreadConversations = 1, UnreadMessages = 1 }, received.Badges);
        Assert.Equal(20, (await _alice.Phone.Hub.GetMe(new())).RequestsLeftToday);
        Assert.Empty((await _bob.Phone.Hub.ListRequests(new() { Direction = RequestDirection.Incoming, State = RequestFilter.All })).Items);
        await Wire.RefusedAsync(ErrorCodes.RequestNotFound, _bob.Phone.Hub.DeleteRequest(new() { RequestId = sent.Request.RequestId }));
        await Wire.RefusedAsync(ErrorCodes.AlreadyConnected, _alice.Phone.RequestAsync(_bob.Phone));
    }

    [Fact]
    public async Task Crossing_requests_are_an_acceptance()
    {
        var older = await _alice.ChangeAsync(hub => hub.SendRequest(new() { RecipientId = _bob.Id, Text = "First", ClientId = "a" }));
        await _bob.ReceiveAsync<RequestReceived>();

        var crossing = await _bob.ChangeAsync(hub => hub.SendRequest(new() { RecipientId = _alice.Id, Text = "Second", ClientId = "b" }));
        var notified = await _alice.ReceiveAsync<RequestAccepted>();

        Assert.Equal((RequestState.Accepted, RequestDirection.Outgoing), (crossing.Request.State, crossing.Request.Direction));
        Assert.Equal((older.Request.RequestId, RequestState.Accepted), (crossing.AcceptedRequest!.RequestId, crossing.AcceptedRequest.State));
        Assert.Equal((2, 0, 1, 0), (crossing.Conversation!.LastSeq, crossing.Conversation.UnreadCount, crossing.Conversation.SeenSeq, crossing.Badges.PendingRequests));
        Assert.Equal((older.Request.RequestId, RequestState.Accepted), (notified.Request.RequestId, notified.Request.State));
        Assert.Equal((2, 1, 1), (notified.Conversation.LastSeq, notified.Conversation.UnreadCount, notified.Conversation.PeerSeenSeq));
        Assert.Equal(new() { UnreadConversations = 1, UnreadMessages = 1 }, notified.Badges);

        var messages = (await _alice.Phone.Hub.GetMessages(new() { ConversationId = notified.Conversation.ConversationId })).Items;
        Assert.Equal([("First", MessageStatus.Seen), ("Second", MessageStatus.Sent)], messages.Select(m => (m.Text, m.Status)));
        Assert.Equal(20, (await _bob.Phone.Hub.GetMe(new())).RequestsLeftToday);
        Assert.Equal(19, (await _alice.Phone.Hub.GetMe(new())).RequestsLeftToday);
    }

    [Fact]
    public async Task Request_crosses_the_deleted_request_of_its_recipient()
    {
        var older = await _alice.Phone.RequestAsync(_bob.Phone, "First");
        await _bob.Phone.Hub.DeleteRequest(new() { RequestId = older.Request.RequestId });

        var crossing = await _bob.Phone.RequestAsync(_alice.Phone, "Second");

        Assert.Equal(RequestState.Accepted, crossing.Request.State);
        Assert.Equal(older.Request.RequestId, crossing.AcceptedRequest!.RequestId);
        Assert.Equal(0, crossing.Badges.PendingRequests);
        Assert.Contains(
            (await _bob.Phone.Hub.ListRequests(new() { Direction = RequestDirection.Incoming, State = RequestFilter.Accepted })).Items,
            request => request.RequestId == older.Request.RequestId);
    }

    [Fact]
    public async Task A_repeated_crossing_answers_its_first_result()
    {
        await _alice.Phone.RequestAsync(_bob.Phone, "First");
        var crossing = await _bob.Phone.RequestAsync(_alice.Phone, "Second", "same");

        var again = await _bob.RepeatAsync(hub => hub.SendRequest(new() { RecipientId = _alice.Id, Text = "Second", ClientId = "same" }));

        Assert.Equal(Wire.Json(crossing with { Version = 0 }), Wire.Json(again));
    }

    [Fact]
    public async Task An_opened_chat_is_invisible_to_the_peer_until_message_1()
    {
        await _bob.Phone.Hub.Follow(new() { UserId = _alice.Id });

        var opened = await _alice.ChangeAsync(hub => hub.OpenConversation(new() { UserId = _bob.Id }));
        var id = opened.Conversation.ConversationId;
        Assert.Equal((0, ConversationState.Open), (opened.Conversation.LastSeq, opened.Conversation.State));
        Assert.Null(opened.Conversation.LastMessage);
        await _alice.RepeatAsync(hub => hub.OpenConversation(new() { UserId = _bob.Id }));

        await _bob.ReceivedNothingElseAsync();
        Assert.Empty((await _bob.Phone.Hub.ListConversations(new())).Items);
        await Wire.RefusedAsync(ErrorCodes.ConversationNotFound, _bob.Phone.Hub.GetConversation(new() { ConversationId = id }));
        await Wire.RefusedAsync(ErrorCodes.ConversationNotFound, _bob.Phone.Hub.GetMessages(new() { ConversationId = id }));
        await Wire.RefusedAsync(ErrorCodes.ConversationNotFound, _bob.Phone.SayAsync(id, "How did I get here?"));
        await Wire.RefusedAsync(ErrorCodes.ConversationNotFound, _bob.Phone.Hub.SetTyping(new() { ConversationId = id }));
        Assert.Equal(ButtonState.Request, (await _bob.Phone.Hub.GetProfile(new() { UserId = _alice.Id })).MessageButton.State);
        await Wire.RefusedAsync(ErrorCodes.RequestRequired, _bob.Phone.Hub.OpenConversation(new() { UserId = _alice.Id }));
        await _alice.Phone.Hub.SetTyping(new() { ConversationId = id });

        await _alice.ChangeAsync(hub => hub.SendMessage(new() { ConversationId = id, Text = "Ahoy", ClientId = "1" }));
        var received = await _bob.ReceiveAsync<MessageReceived>();
        Assert.Equal((id, 1), (received.Conversation!.ConversationId, received.Conversation.UnreadCount));
        Assert.Empty(_bob.Phone.Received.Typing.TakeAll());
    }

    [Fact]
    public async Task Message_1_passes_the_peers_privacy_again()
    {
        await _bob.Phone.Hub.Follow(new() { UserId = _alice.Id });
        var id = (await _alice.Phone.Hub.OpenConversation(new() { UserId = _bob.Id })).Conversation.ConversationId;
        await _bob.Phone.Hub.Unfollow(new() { UserId = _alice.Id });

        await Wire.RefusedAsync(ErrorCodes.RequestRequired, _alice.Phone.SayAsync(id, "Ahoy"));

        await _bob.Phone.Hub.Follow(new() { UserId = _alice.Id });
        Assert.Equal(1, (await _alice.Phone.SayAsync(id, "Ahoy")).Message.Seq);
        await _bob.Phone.Hub.Unfollow(new() { UserId = _alice.Id });
        Assert.Equal(2, (await _alice.Phone.SayAsync(id, "Unfollowing changes nothing in an open chat")).Message.Seq);
    }

    [Fact]
    public async Task Message_1_of_a_chat_that_both_opened_needs_no_follow_any_more()
    {
        await _bob.Phone.Hub.Follow(new() { UserId = _alice.Id });
        await _alice.Phone.Hub.Follow(new() { UserId = _bob.Id });
        var id = (await _alice.Phone.Hub.OpenConversation(new() { UserId = _bob.Id })).Conversation.ConversationId;
        await _bob.Phone.Hub.OpenConversation(new() { UserId = _alice.Id });
        await _bob.Phone.Hub.Unfollow(new() { UserId = _alice.Id });

        Assert.Equal(1, (await _alice.Phone.SayAsync(id, "Ahoy")).Message.Seq);
    }

    [Fact]
    public async Task An_empty_chat_does_not_let_its_peer_skip_the_request()
    {
        var (id, sent) = await AskedBesideAnEmptyChatAsync();

        Assert.Equal(RequestState.Pending, sent.Request.State);
        Assert.Equal(19, (await _bob.Phone.Hub.GetMe(new())).RequestsLeftToday);

        // While the request stands, the opener's own check order and button are as without the chat.
        Assert.Equal(new() { State = ButtonState.Respond, RequestId = sent.Request.RequestId }, (await _alice.Phone.ProfileAsync(_bob.Phone)).MessageButton);
        await Wire.RefusedAsync(ErrorCodes.RequestRequired, _alice.Phone.OpenAsync(_bob.Phone));
        await Wire.RefusedAsync(ErrorCodes.RequestRequired, _alice.Phone.SayAsync(id, "Me first"));
        Assert.Equal(0, (await _alice.Phone.Hub.GetConversation(new() { ConversationId = id })).LastSeq);

        // Withdrawn, the chat is the opener's again.
        await _bob.ChangeAsync(hub => hub.WithdrawRequest(new() { RequestId = sent.Request.RequestId }));
        Assert.Equal(new() { State = ButtonState.Message, ConversationId = id }, (await _alice.Phone.ProfileAsync(_bob.Phone)).MessageButton);
        Assert.Equal(1, (await _alice.Phone.SayAsync(id, "Ahoy")).Message.Seq);
    }

    [Fact]
    public async Task Accepting_a_request_fills_the_empty_chat_beside_it()
    {
        var (id, sent) = await AskedBesideAnEmptyChatAsync();

        var accepted = await _alice.ChangeAsync(hub => hub.AcceptRequest(new() { RequestId = sent.Request.RequestId }));
        var received = await _bob.ReceiveAsync<RequestAccepted>();

        Assert.Equal((id, 1, 1), (accepted.Conversation.ConversationId, accepted.Conversation.LastSeq, accepted.Conversation.SeenSeq));
        Assert.Equal((id, 1, 1), (received.Conversation.ConversationId, received.Conversation.LastSeq, received.Conversation.PeerSeenSeq));
        Assert.Equal(2, (await _alice.Phone.SayAsync(id, "Welcome")).Message.Seq);
        Assert.Equal(["You first", "Welcome"], (await _bob.Phone.Hub.GetMessages(new() { ConversationId = id })).Items.Select(m => m.Text));
    }

    [Fact]
    public async Task Crossing_a_request_fills_the_empty_chat_beside_it()
    {
        var (id, _) = await AskedBesideAnEmptyChatAsync();

        var crossing = await _alice.ChangeAsync(hub => hub.SendRequest(new() { RecipientId = _bob.Id, Text = "So do I", ClientId = "x" }));
        await _bob.ReceiveAsync<RequestAccepted>();

        Assert.Equal((RequestState.Accepted, id, 2), (crossing.Request.State, crossing.Conversation!.ConversationId, crossing.Conversation.LastSeq));
        Assert.Equal(["You first", "So do I"], (await _bob.Phone.Hub.GetMessages(new() { ConversationId = id })).Items.Select(m => m.Text));
    }

    /// <summary>Alice has opened a chat with bob, who follows her; he knows nothing of it, and asks.</summary>
    private async Task<(string Chat, RequestChanged Sent)> AskedBesideAnEmptyChatAsync()
    {
        await _bob.Phone.Hub.Follow(new() { UserId = _alice.Id });
        var id = (await _alice.Phone.Hub.OpenConversation(new() { UserId = _bob.Id })).Conversation.ConversationId;
        await _alice.Laptop.NextAsync<ConversationChanged>();
        Assert.Equal(new() { State = ButtonState.Request }, (await _bob.Phone.ProfileAsync(_alice.Phone)).MessageButton);
        var sent = await _bob.ChangeAsync(hub => hub.SendRequest(new() { RecipientId = _alice.Id, Text = "You first", ClientId = "r" }));
        await _alice.ReceiveAsync<RequestReceived>();
        return (id, sent);
    }

    [Fact]
    public async Task Two_who_follow_each_other_open_the_same_chat()
    {
        await _bob.Phone.Hub.Follow(new() { UserId = _alice.Id });
        await _alice.Phone.Hub.Follow(new() { UserId = _bob.Id });

        var opened = await _alice.ChangeAsync(hub => hub.OpenConversation(new() { UserId = _bob.Id }));
        var same = await _bob.ChangeAsync(hub => hub.OpenConversation(new() { UserId = _alice.Id }));

        Assert.Equal(opened.Conversation.ConversationId, same.Conversation.ConversationId);
        await _alice.ReceivedNothingElseAsync();
    }
}
