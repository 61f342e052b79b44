using ChatHub.Contracts;

namespace ChatHub.Tests.Infrastructure;

/// <summary>Where most stories begin.</summary>
public static class Scene
{
    private static int _clientIds;

    public static string NewClientId() => $"c{Interlocked.Increment(ref _clientIds)}";

    public static async Task<Device> ConnectAsync(this ITestServer server, string name) =>
        await (await Account.SignUpAsync(server, name)).ConnectAsync();

    public static Task<RequestChanged> RequestAsync(this Device sender, Device recipient, string text = "Hello?", string? clientId = null) =>
        sender.Hub.SendRequest(new() { RecipientId = recipient.Id, Text = text, ClientId = clientId ?? NewClientId() });

    public static Task<RequestAccepted> AcceptAsync(this Device recipient, string requestId) =>
        recipient.Hub.AcceptRequest(new() { RequestId = requestId });

    public static Task<MessageReceived> SayAsync(this Device sender, string conversationId, string text, string? clientId = null) =>
        sender.Hub.SendMessage(new() { ConversationId = conversationId, Text = text, ClientId = clientId ?? NewClientId() });

    public static Task<MessagesSeen> SeeAsync(this Device reader, string conversationId, long seq) =>
        reader.Hub.MarkSeen(new() { ConversationId = conversationId, Seq = seq });

    public static async Task<long> VersionAsync(this Device device) => (await device.Hub.GetMe(new())).Version;

    /// <summary>Two strangers who have come to chat: one request, accepted, all its events heard.</summary>
    public static async Task<Chat> ChatAsync(this ITestServer server)
    {
        var alice = await server.ConnectAsync("alice");
        var bob = await server.ConnectAsync("bob");
        var sent = await alice.RequestAsync(bob);
        await bob.NextAsync<RequestReceived>();
        var accepted = await bob.AcceptAsync(sent.Request.RequestId);
        await alice.NextAsync<RequestAccepted>();
        return new(alice, bob, accepted.Conversation.ConversationId, sent.Request.RequestId);
    }

    /// <summary>
    /// Nothing was sent to this connection: the next stored event is one that is caused now, from another connection.
    /// </summary>
    public static async Task HeardNothingMoreAsync(this Device device)
    {
        await using var other = await device.Account.ConnectAsync();
        var bio = NewClientId();
        await other.Hub.UpdateProfile(new() { Bio = bio });
        var changed = await device.NextAsync<MeChanged>();
        Xunit.Assert.Equal(bio, changed.Me.Bio);
    }
}

/// <summary>Two users in one open chat; alice asked, bob accepted.</summary>
public sealed record Chat(Device Alice, Device Bob, string Id, string RequestId) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Alice.DisposeAsync();
        await Bob.DisposeAsync();
    }
}
