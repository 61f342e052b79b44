// Accepts every request and echoes every message. Usage: EchoBot SERVER USERNAME PASSWORD
using ChatHub.Client;
using ChatHub.Contracts;

using var http = new HttpClient { BaseAddress = new Uri(args[0]) };
var accounts = new ChatHubAccounts(http);
var session = await accounts.SignInAsync(new() { Username = args[1], Password = args[2] });
await using var chat = new ChatHubMessenger(new()
{
    ServerAddress = http.BaseAddress,
    AccessTokenProvider = _ => new(session.AccessToken),
    AccessTokenRenewer = async stop => (session = await accounts.RefreshAsync(stop)).AccessToken,
});
chat.Start();

await foreach (var update in chat.Updates)
{
    switch (update)
    {
        case RequestUpdate { Request: { Direction: RequestDirection.Incoming, State: RequestState.Pending } request }:
            await chat.Hub.AcceptRequest(new() { RequestId = request.RequestId });
            break;
        case MessageUpdate { Message: var message } when message.SenderId != chat.UserId:
            chat.Outbox.Send(message.ConversationId, message.Text);
            break;
    }
}
