using ChatHub.Benchmarks.Users;
using ChatHub.Benchmarks.Wires;
using ChatHub.Contracts;

namespace ChatHub.Benchmarks.Send;

/// <summary>Two users of ChatHub: connected, the one's request accepted by the other.</summary>
public static class ChatHubPairs
{
    /// <param name="here">Where the sender connects.</param>
    /// <param name="there">Where the receiver does.</param>
    /// <param name="index">The pair's number: its users are twice that and the next.</param>
    /// <param name="newClientId">Makes the messages' client ids.</param>
    /// <param name="wire">Of both.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<Pair> ConnectAsync(
        Uri here, Uri there, int index, Func<Guid> newClientId, Wire wire, CancellationToken cancellation)
    {
        var (senderId, receiverId) = (UserDirectory.UserId(2 * index), UserDirectory.UserId((2 * index) + 1));
        var conversationId = await OpenChatAsync(here, there, senderId, receiverId, cancellation);
        return new(
            await HubSocket.ConnectAsync(here, BenchmarkTokens.Of(senderId), cancellation, wire: wire),
            await HubSocket.ConnectAsync(there, BenchmarkTokens.Of(receiverId), cancellation, wire: wire),
            conversationId)
        { NewClientId = newClientId };
    }

    /// <summary>Over JSON, whatever the pair uses afterwards.</summary>
    private static async Task<string> OpenChatAsync(Uri here, Uri there, string senderId, string receiverId, CancellationToken cancellation)
    {
        await using var sender = await HubSocket.ConnectAsync(here, BenchmarkTokens.Of(senderId), cancellation);
        await using var receiver = await HubSocket.ConnectAsync(there, BenchmarkTokens.Of(receiverId), cancellation);
        return await BecomeAcquaintedAsync(sender, receiver, receiverId);
    }

    internal static async Task<string> BecomeAcquaintedAsync(HubSocket sender, HubSocket receiver, string receiverId)
    {
        var sent = await sender.InvokeAsync(
            nameof(IChatHub.SendRequest),
            new SendRequestInput { RecipientId = receiverId, Text = "May I?", ClientId = ClientIds.New() },
            ContractJson.Default.SendRequestInput,
            ContractJson.Default.RequestChanged);
        var accepted = await receiver.InvokeAsync(
            nameof(IChatHub.AcceptRequest),
            new RequestInput { RequestId = sent.Request.RequestId },
            ContractJson.Default.RequestInput,
            ContractJson.Default.RequestAccepted);
        return accepted.Conversation.ConversationId;
    }
}
