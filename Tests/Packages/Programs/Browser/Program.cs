// Sends a message to the server that the page came from, and posts the reply to its /result. The token is stale at first.
using ChatHub.Client;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.Logging.SetMinimumLevel(LogLevel.Information);
var server = new Uri(builder.HostEnvironment.BaseAddress);
var logs = builder.Build().Services.GetRequiredService<ILoggerFactory>();
using var http = new HttpClient { BaseAddress = server };
try
{
    foreach (var protocol in Enum.GetValues<HubProtocolChoice>())
        await http.PostAsync("result", new StringContent($"{protocol}: {await TalkAsync(protocol)}"));
}
catch (Exception e)
{
    await http.PostAsync("result", new StringContent($"{e}"));
}

async Task<string> TalkAsync(HubProtocolChoice protocol)
{
    var token = "stale";
    await using var chat = new ChatHubMessenger(new()
    {
        ServerAddress = server,
        Protocol = protocol,
        LoggerFactory = logs,
        AccessTokenProvider = _ => new(token),
        AccessTokenRenewer = _ => new(token = "good"),
    });
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
            return $"{inbox.Me!.User.Username} received: {message.Text}";
    }

    return "The updates ended.";
}
