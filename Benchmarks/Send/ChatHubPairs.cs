using System.Net;
using ChatHub.Contracts;

namespace ChatHub.Benchmarks.Send;

/// <summary>Two users of ChatHub: signed up, connected, the one's request accepted by the other.</summary>
public static class ChatHubPairs
{
    /// <param name="http">For signing up.</param>
    /// <param name="here">Where the sender connects.</param>
    /// <param name="there">Where the receiver does.</param>
    /// <param name="index">Makes their names.</param>
    /// <param name="newClientId">Makes the messages' client ids.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<Pair> ConnectAsync(HttpClient http, Uri here, Uri there, int index, Func<Guid> newClientId, CancellationToken cancellation)
    {
        var alice = await SignUpAsync(http, here, $"sender.{index}", cancellation);
        var bob = await SignUpAsync(http, there, $"receiver.{index}", cancellation);
        var sender = await HubSocket.ConnectAsync(here, alice.AccessToken, cancellation);
        var receiver = await HubSocket.ConnectAsync(there, bob.AccessToken, cancellation);
        var conversationId = await BecomeAcquaintedAsync(sender, receiver, bob.User.UserId);
        return new(sender, receiver, conversationId) { NewClientId = newClientId };
    }

    private static async Task<Session> SignUpAsync(HttpClient http, Uri server, string username, CancellationToken cancellation)
    {
        var input = new SignUpInput
        {
            Username = username,
            Password = "benchmark-password",
            BirthDate = "1990-01-01",
            DisplayName = username,
        };
        using var response = await http.PostAsJsonAsync(
            new Uri(server, "/api/accounts"), input, ContractJson.Default.SignUpInput, cancellation);
        if (response.StatusCode != HttpStatusCode.Created)
            throw new BenchmarkException($"signing up: {response.StatusCode} {await response.Content.ReadAsStringAsync(cancellation)}");
        return (await response.Content.ReadFromJsonAsync(ContractJson.Default.Session, cancellation))!;
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
