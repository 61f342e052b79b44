// Sends a message and prints the reply. Usage: Console SERVER TOKEN
using ChatHub.Client;

await using var chat = new ChatHubMessenger(new() { ServerAddress = new Uri(args[0]), AccessTokenProvider = _ => new(args[1]) });
chat.Start();
var inbox = InboxState.Empty;
await foreach (var update in chat.Updates)
{
    inbox = inbox.Apply(update);
    if (update is InboxReady)
    {
        var opened = await chat.Hub.OpenConversation(new() { UserId = "id-bob" });
        chat.Outbox.Send(opened.Conversation.ConversationId, "Hello");
    }

    if (update is MessageUpdate { Message: var message } && message.SenderId != chat.UserId)
    {
        Console.WriteLine($"{inbox.Me!.User.Username} received: {message.Text}");
        break;
    }
}
