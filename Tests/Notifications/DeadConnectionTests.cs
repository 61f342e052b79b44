using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.Notifications;

/// <summary>
/// A connection that ends without a word (a lid that is closed) counts until it times out. What its user did not get is announced then, and
/// nothing to a user who is connected after all.
/// </summary>
public sealed class DeadConnectionTests
{
    // Shorter than the server's own, 30 and 15 seconds.
    private static readonly TimeSpan ClientTimeout = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task What_comes_for_a_connection_that_does_not_answer_any_more_is_pushed_and_posted_once_it_has_timed_out()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await StartAsync(receiver);
        await using var push = await PushService.StartAsync(server);
        var chat = await WebhookTests.OpenWithBobAwayAsync(server);
        await using var carol = await server.ConnectUserAsync("carol");
        await PutAsync(server, chat.Bob.Account, push.Subscribe("bobs"));
        using var dead = await ConnectRawAsync(server, chat.Bob.Account);

        await chat.Alice.SayAsync(chat.Id, "Are you there?");
        await carol.RequestAsync(chat.Bob.Account);

        Assert.Equal("message.received", await NextTypeAsync(push));
        Assert.Equal("request.received", await NextTypeAsync(push));
        Assert.Equal((chat.Id, 2), await receiver.FindAsync("message.received", chat.Bob.Id) is var posted ? (posted.Text("conversationId"), posted.Seq) : default);
        await dead.ClosedAsync();
        await chat.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_comes_for_a_connection_that_answers_nor_of_a_message_that_was_seen_before_its_connection_ended()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await StartAsync(receiver);
        await using var push = await PushService.StartAsync(server);
        var (answering, seeing) = (await WebhookTests.OpenWithBobAwayAsync(server), await WebhookTests.OpenWithBobAwayAsync(server));
        foreach (var chat in (Chat[])[answering, seeing])
            await PutAsync(server, chat.Bob.Account, push.Subscribe(chat.Bob.Id));
        using var alive = await ConnectRawAsync(server, answering.Bob.Account);
        using var dead = await ConnectRawAsync(server, seeing.Bob.Account);
        var answered = AnswerAsync(alive);

        foreach (var chat in (Chat[])[answering, seeing])
            await chat.Alice.SayAsync(chat.Id, "Are you there?");
        await dead.InvokeAsync("MarkSeen", $$"""{"conversationId":"{{seeing.Id}}","seq":2}""");

        await TestTimeouts.EventuallyAsync(async () => (await server.Database.ListAsync<long>("SELECT COUNT(*) FROM outbox"))[0] == 0);
        await dead.ClosedAsync();
        Assert.False(answered.IsCompleted, "The connection that answers was closed.");
        Assert.Equal(0, push.Attempts);
        Assert.DoesNotContain(receiver.Taken, e => e.Type == "message.received");
        await answering.DisposeAsync();
        await seeing.DisposeAsync();
    }

    [Fact]
    public async Task Recipient_who_left_gets_the_next_message_as_soon_as_ever_and_what_waits_before_it()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        // With the server's own timeout the first message alone would wait for longer than the test does.
        await using var server = await LiveServer.StartAsync(receiver.Settings());
        await using var chat = await server.OpenChatAsync();
        await chat.Alice.SayAsync(chat.Id, "You are here");
        await TestTimeouts.EventuallyAsync(async () => (await server.Database.ListAsync<long>("SELECT due_at - occurred_at FROM outbox WHERE event = 3")) is [> 1_000]);

        await chat.Bob.DisposeAsync();
        await chat.Alice.SayAsync(chat.Id, "You have left");

        await receiver.UntilAsync(taken => Messages(taken).Count() == 2);
        Assert.Equal([2, 3], Messages(receiver.Taken).Select(e => e.Seq));

        static IEnumerable<WebhookEvent> Messages(IEnumerable<WebhookEvent> taken) => taken.Where(e => e.Type == "message.received").DistinctBy(e => e.Id);
    }

    private static Task<InProcessServer> StartAsync(WebhookReceiver receiver) => InProcessServer.StartAsync(
        services => services.AddSingleton(TimeProvider.System)
            .PostConfigure<HubOptions>(options => (options.ClientTimeoutInterval, options.KeepAliveInterval) = (ClientTimeout, KeepAlive)),
        [.. PushService.Settings, .. receiver.Settings()]);

    /// <summary>Connected, and counted: its Position has come. It sends one ping: SignalR times out only a client that has sent one.</summary>
    private static async Task<RawHub> ConnectRawAsync(InProcessServer server, Account account)
    {
        var hub = await RawHub.ConnectAsync(server, account.Token);
        await hub.NextPositionAsync();
        await hub.SendAsync(RawHub.Ping);
        return hub;
    }

    /// <summary>As a client does: a ping for each of the server's, until it closes the connection.</summary>
    private static async Task AnswerAsync(RawHub hub)
    {
        while (await hub.ReceiveAsync() is not null)
            await hub.SendAsync(RawHub.Ping);
    }

    private static async Task PutAsync(InProcessServer server, Account account, PushSubscriptionInput subscription) =>
        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("PUT", "/api/me/push-subscriptions/browser", new(account.Token), subscription)).Status);

    private static async Task<string?> NextTypeAsync(PushService push) => (await push.Received.NextAsync()).Message.GetProperty("type").GetString();
}
