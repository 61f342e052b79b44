using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatHub.Tests.Protocol;

/// <summary>A real hub, called by the official JavaScript client over a WebSocket.</summary>
public sealed class OfficialClientTests
{
    [Fact]
    public async Task Official_client_sees_no_difference_between_the_protocols()
    {
        await using var server = Server();
        await server.StartAsync(TestContext.Current.CancellationToken);
        await Node.RunAsync("hub.mjs", [$"{server.Urls.Single()}/hub"], []);
    }

    private static WebApplication Server()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSignalR(options => options.MaximumParallelInvocationsPerClient = 2)
            .AddJsonProtocol(json => ContractJson.Apply(json.PayloadSerializerOptions))
            .AddMessagePackProtocol(ContractMessagePack.Apply);
        var server = builder.Build();
        server.MapHub<TestHub>("/hub");
        return server;
    }

    // Some of the contract's methods without anything behind them, and what the contract does not use: streams, and client results.
#pragma warning disable CA1822 // The framework calls methods of an instance only.
    private sealed class TestHub : Hub
    {
        public async Task<MessageReceived> SendMessage(SendMessageInput input)
        {
            var received = new MessageReceived { Version = 1, Message = Message(1, input.Text!), UnreadCount = 1, Badges = new() };
            await Clients.Caller.SendAsync(nameof(IChatClient.MessageReceived), received);
            return received;
        }

        public MessagePage GetMessages(GetMessagesInput input) =>
            new() { Items = [.. Enumerable.Range(1, input.Limit!.Value).Select(seq => Message(seq, new string('ж', 4_000)))], HasMore = true };

        public void SetTyping(ConversationInput input) => ArgumentNullException.ThrowIfNull(input.ConversationId);

        public Profile Follow(UserInput input) => throw new HubException($"not_followed: {input.UserId}");

        public void MarkSeen(MarkSeenInput input) => throw new InvalidOperationException($"{input}");

        public Task<string> AskMe(UserInput input) => Clients.Caller.InvokeAsync<string>("Ask", $"{input.UserId}?", Context.ConnectionAborted);

        public async IAsyncEnumerable<long> Count(long to)
        {
            for (var number = 1L; number <= to; number++)
            {
                await Task.Yield();
                yield return number;
            }
        }

        public async Task<long> Sum(IAsyncEnumerable<long> numbers)
        {
            var sum = 0L;
            await foreach (var number in numbers)
                sum += number;
            return sum;
        }

        private static Message Message(long seq, string text) => new()
        {
            ConversationId = "c",
            Seq = seq,
            SenderId = "u",
            ClientId = $"{seq}",
            Text = text,
            SentAt = new DateTimeOffset(2026, 11, 22, 8, 0, 0, 123, TimeSpan.Zero),
            Status = MessageStatus.Seen,
        };
    }
}
