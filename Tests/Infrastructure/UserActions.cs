using ChatHub.Contracts;

namespace ChatHub.Tests.Infrastructure;

/// <summary>What people do to each other, in one word each.</summary>
public static class UserActions
{
    /// <summary>A user whom the host application brought, connected.</summary>
    public static async Task<Device> ArriveAsync(
        this ITestServer server, string name, string birthDate = "1990-05-17", bool isVerified = false) =>
        await (await Account.BringAsync(server, name, birthDate, isVerified)).ConnectAsync();

    /// <summary>Two of them in one open chat, all events heard: alice asked, bob accepted.</summary>
    public static async Task<Chat> MeetAsync(this ITestServer server)
    {
        var alice = await server.ArriveAsync("alice");
        var bob = await server.ArriveAsync("bob");
        var sent = await alice.RequestAsync(bob);
        await bob.NextAsync<RequestReceived>();
        var accepted = await bob.AcceptAsync(sent.Request.RequestId);
        await alice.NextAsync<RequestAccepted>();
        return new(alice, bob, accepted.Conversation.ConversationId, sent.Request.RequestId);
    }

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
