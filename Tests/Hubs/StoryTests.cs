using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hubs;

/// <summary>The main job, end to end: two strangers, one request, one chat.</summary>
public sealed class StoryTests(SharedServer server)
{
    [Fact]
    public async Task Two_strangers_come_to_chat()
    {
        await using var alice = await server.ConnectAsync("alice");
        await using var bob = await server.ConnectAsync("bob");

        // Alice, a stranger, sends a request; Bob receives it live.
        var found = await alice.Hub.SearchUsers(new() { Query = bob.Account.Username });
        Assert.Equal(bob.Id, Assert.Single(found.Items).UserId);
        var sent = await alice.RequestAsync(bob, "  Hello Bob, may I ask about your boat?  ");
        Assert.Equal(RequestState.Pending, sent.Request.State);
        Assert.Equal("Hello Bob, may I ask about your boat?", sent.Request.Text);
        var received = await bob.NextAsync<RequestReceived>();
        Assert.Equal(sent.Request.Text, received.Request.Text);
        Assert.Equal(1, received.Badges.PendingRequests);

        // Bob previews: Alice learns nothing.
        var preview = await bob.Hub.GetRequest(new() { RequestId = received.Request.RequestId });
        Assert.NotNull(preview.Context);
        Assert.Equal(Wire.Json(received.Request), Wire.Json(preview with { Context = null }));
        await alice.ReceivedNothingElseAsync();

        // Bob accepts: Alice gets the event live, and the request's text is message 1, seen.
        var accepted = await bob.AcceptAsync(preview.RequestId);
        Assert.Equal(0, accepted.Badges.PendingRequests);
        var notified = await alice.NextAsync<RequestAccepted>();
        Assert.Equal(RequestState.Accepted, notified.Request.State);
        Assert.Equal(MessageStatus.Seen, notified.Conversation.LastMessage!.Status);
        var chat = notified.Conversation.ConversationId;

        // They chat: blue while Bob has not seen it, green when he has.
        var message = await alice.SayAsync(chat, "Is she a gaffer?");
        Assert.Equal((2, MessageStatus.Sent), (message.Message.Seq, message.Message.Status));
        var pushed = await bob.NextAsync<MessageReceived>();
        Assert.Equal(Wire.Json(message.Message with { ClientId = null }), Wire.Json(pushed.Message));
        Assert.Equal((1, 1, 1), (pushed.UnreadCount, pushed.Badges.UnreadMessages, pushed.Badges.UnreadConversations));

        var seen = await bob.SeeAsync(chat, 2);
        Assert.Equal((0, 0, 0), (seen.UnreadCount, seen.Badges.UnreadMessages, seen.Badges.UnreadConversations));
        var green = await alice.NextAsync<MessagesSeen>();
        Assert.Equal((2, bob.Id), (green.Seq, green.SeenBy));
        Assert.Equal(MessageStatus.Seen, (await alice.Hub.GetConversation(new() { ConversationId = chat })).LastMessage!.Status);

        await bob.SayAsync(chat, "A gaff cutter, 1911.");
        Assert.Equal("A gaff cutter, 1911.", (await alice.NextAsync<MessageReceived>()).Message.Text);
        var history = await alice.Hub.GetMessages(new() { ConversationId = chat });
        Assert.Equal([1, 2, 3], history.Items.Select(m => m.Seq));
        Assert.False(history.HasMore);
    }
}
