using ChatHub.Contracts;
using Xunit;

namespace ChatHub.Tests.Infrastructure;

/// <summary>The calls that most tests are made of, one short name each.</summary>
public static class UserActions
{
    private static int _clientIds;

    public static string NewClientId() => $"c{Interlocked.Increment(ref _clientIds)}";

    /// <summary>A user who signs up (with a password, which takes a while to hash), connected.</summary>
    public static async Task<Device> ConnectAsync(this ITestServer server, string name) =>
        await (await Account.SignUpAsync(server, name)).ConnectAsync();

    /// <summary>A user whom the host application brought, connected.</summary>
    public static async Task<Device> ConnectUserAsync(
        this ITestServer server, string name, string birthDate = "1990-05-17", bool isVerified = false) =>
        await (await Account.BringAsync(server, name, birthDate, isVerified)).ConnectAsync();

    /// <summary>Two users in one open chat: alice's request was accepted by bob, and both have received its events.</summary>
    public static async Task<Chat> OpenChatAsync(this ITestServer server)
    {
        var alice = await server.ConnectUserAsync("alice");
        var bob = await server.ConnectUserAsync("bob");
        var sent = await alice.RequestAsync(bob);
        await bob.NextAsync<RequestReceived>();
        var accepted = await bob.AcceptAsync(sent.Request.RequestId);
        await alice.NextAsync<RequestAccepted>();
        return new(alice, bob, accepted.Conversation.ConversationId, sent.Request.RequestId);
    }

    /// <summary>The same with message 2, alice's "Hello", which bob has received and not seen.</summary>
    public static async Task<Chat> OpenChatWithMessageAsync(this ITestServer server)
    {
        var chat = await server.OpenChatAsync();
        await chat.Alice.SayAsync(chat.Id, "Hello");
        await chat.Bob.NextAsync<MessageReceived>();
        return chat;
    }

    /// <summary>
    /// Nothing else was sent to this connection: the next stored event is a marker that another connection causes now.
    /// </summary>
    public static async Task ReceivedNothingElseAsync(this Device device)
    {
        await using var other = await device.Account.ConnectAsync();
        var bio = NewClientId();
        await other.Hub.UpdateProfile(new() { Bio = bio });
        Assert.Equal(bio, (await device.NextAsync<MeChanged>()).Me.Bio);
    }

    public static Task<RequestChanged> RequestAsync(this Device sender, Device recipient, string text = "Hello?", string? clientId = null) =>
        sender.Hub.SendRequest(new() { RecipientId = recipient.Id, Text = text, ClientId = clientId ?? NewClientId() });

    /// <summary>To a user who has no connection.</summary>
    public static Task<RequestChanged> RequestAsync(this Device sender, Account recipient, string text = "Hello?") =>
        sender.Hub.SendRequest(new() { RecipientId = recipient.Id, Text = text, ClientId = NewClientId() });

    public static Task<RequestAccepted> AcceptAsync(this Device recipient, string requestId) =>
        recipient.Hub.AcceptRequest(new() { RequestId = requestId });

    public static Task<MessageReceived> SayAsync(this Device sender, string conversationId, string text, string? clientId = null) =>
        sender.Hub.SendMessage(new() { ConversationId = conversationId, Text = text, ClientId = clientId ?? NewClientId() });

    public static Task<MessagesSeen> SeeAsync(this Device reader, string conversationId, long seq) =>
        reader.Hub.MarkSeen(new() { ConversationId = conversationId, Seq = seq });

    public static Task<MessageReceived> ReplyAsync(this Device sender, string conversationId, long replyToSeq, string text, string? clientId = null) =>
        sender.Hub.SendMessage(new() { ConversationId = conversationId, Text = text, ClientId = clientId ?? NewClientId(), ReplyToSeq = replyToSeq });

    public static Task<MessageChanged> EditAsync(this Device sender, string conversationId, long seq, string text) =>
        sender.Hub.EditMessage(new() { ConversationId = conversationId, Seq = seq, Text = text });

    public static Task<MessageChanged> RemoveAsync(this Device sender, string conversationId, long seq) =>
        sender.Hub.RemoveMessage(new() { ConversationId = conversationId, Seq = seq });

    public static Task<MessageChanged> ReactAsync(this Device device, string conversationId, long seq, string? emoji) =>
        device.Hub.React(new() { ConversationId = conversationId, Seq = seq, Emoji = emoji });

    public static Task<ConversationChanged> ClearAsync(this Device device, string conversationId, long upToSeq) =>
        device.Hub.ClearConversation(new() { ConversationId = conversationId, UpToSeq = upToSeq });

    public static Task<Conversation> ConversationAsync(this Device device, string conversationId) =>
        device.Hub.GetConversation(new() { ConversationId = conversationId });

    /// <summary>What the latest page shows of one message.</summary>
    public static async Task<Message> MessageAsync(this Device device, string conversationId, long seq) =>
        (await device.Hub.GetMessages(new() { ConversationId = conversationId, After = seq - 1, Limit = 1 })).Items.Single(message => message.Seq == seq);

    public static async Task<long> VersionAsync(this Device device) => (await device.Hub.GetMe(new())).Version;

    public static Task<MeChanged> SetAsync(
        this Device device, MessagingPolicy? policy = null, bool? receipts = null, bool? presence = null) =>
        device.Hub.UpdateSettings(new() { MessagingPolicy = policy, SendSeenReceipts = receipts, ShowPresence = presence });

    public static Task<BlockChanged> BlockAsync(this Device device, Device other) => device.Hub.Block(new() { UserId = other.Id });

    public static Task<BlockChanged> UnblockAsync(this Device device, Device other) => device.Hub.Unblock(new() { UserId = other.Id });

    public static Task<Profile> FollowAsync(this Device device, Device other) => device.Hub.Follow(new() { UserId = other.Id });

    public static Task<Profile> ProfileAsync(this Device device, Device other) => device.Hub.GetProfile(new() { UserId = other.Id });

    public static Task<ConversationChanged> OpenAsync(this Device device, Device other) =>
        device.Hub.OpenConversation(new() { UserId = other.Id });

    public static Task<RequestRemoved> DeleteAsync(this Device device, string requestId) =>
        device.Hub.DeleteRequest(new() { RequestId = requestId });

    public static Task<RequestChanged> WithdrawAsync(this Device device, string requestId) =>
        device.Hub.WithdrawRequest(new() { RequestId = requestId });

    public static async Task<ConversationState> ChatStateAsync(this Device device, string conversationId) =>
        (await device.Hub.GetConversation(new() { ConversationId = conversationId })).State;

    /// <summary>The Requests folder.</summary>
    public static async Task<IReadOnlyList<string>> FolderAsync(this Device device) =>
        [.. (await device.Hub.ListRequests(new() { Direction = RequestDirection.Incoming })).Items.Select(request => request.RequestId)];
}
