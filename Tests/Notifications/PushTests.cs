using System.Net;
using System.Text.Json;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Notifications;

/// <summary>Web Push of a real server to a push service that decrypts what it gets.</summary>
public sealed class PushTests
{
    private const string Path = "/api/me/push-subscriptions/";

    [Fact]
    public async Task Request_acceptance_and_message_are_pushed_to_users_without_a_connection()
    {
        await using var server = await LiveServer.StartAsync(PushService.Settings);
        await using var push = await PushService.StartAsync(server);
        await using var alice = await server.ConnectUserAsync("alice");
        var bob = await Account.BringAsync(server, "bob");
        await PutAsync(server, bob, push.Subscribe("bobs"));
        await PutAsync(server, alice.Account, push.Subscribe("alices"));

        var request = (await alice.RequestAsync(bob, "Do you sail?")).Request;
        var received = await NextAsync(push, "bobs");
        Assert.Equal(("request.received", request.RequestId, "Alice", 1), (Text(received, "type"), Text(received, "requestId"), Text(received, "title"), Badge(received)));
        Assert.Null(Text(received, "body"));

        await alice.DisposeAsync();
        await using (var device = await bob.ConnectAsync())
            await device.AcceptAsync(request.RequestId);
        var accepted = await NextAsync(push, "alices");
        Assert.Equal(("request.accepted", "Bob"), (Text(accepted, "type"), Text(accepted, "title")));

        await using var back = await alice.Account.ConnectAsync();
        var chat = Text(accepted, "conversationId")!;
        await back.SayAsync(chat, "Tomorrow at nine?");
        var message = await NextAsync(push, "bobs");
        Assert.Equal(("message.received", chat, "Alice", 1), (Text(message, "type"), Text(message, "conversationId"), Text(message, "title"), Badge(message)));
        Assert.Equal(3, push.Attempts);
    }

    [Fact]
    public async Task Push_says_as_much_as_its_user_chose()
    {
        await using var server = await LiveServer.StartAsync(PushService.Settings);
        await using var push = await PushService.StartAsync(server);
        var chat = await server.OpenChatAsync();
        await PutAsync(server, chat.Bob.Account, push.Subscribe("bobs"));
        var contents = new List<string>();
        foreach (var content in Enum.GetValues<PushContent>())
        {
            await using (var bob = await chat.Bob.Account.ConnectAsync())
                Assert.Equal(content, (await bob.Hub.UpdateSettings(new() { PushContent = content })).Me.Settings.PushContent);
            await chat.Bob.DisposeAsync();
            await chat.Alice.SayAsync(chat.Id, "“Tide” \U0001F30A");
            var message = await NextAsync(push, "bobs");
            contents.Add($"{Text(message, "title")}|{Text(message, "body")}");
        }

        Assert.Equal(["|", "Alice|", "Alice|“Tide” \U0001F30A"], contents);
        await chat.Alice.SayAsync(chat.Id, string.Concat(Enumerable.Repeat("\U0001F30A", 4_000)));
        Assert.Equal(string.Concat(Enumerable.Repeat("\U0001F30A", 299)) + "…", Text(await NextAsync(push, "bobs"), "body"));
        await chat.Alice.SayAsync(chat.Id, string.Concat(Enumerable.Repeat("\"\\\n ", 999)) + ".");
        Assert.Equal(300, Text(await NextAsync(push, "bobs"), "body")!.Length);
        await chat.Alice.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_pushed_of_filtered_and_suppressed_requests_muted_chats_and_to_the_connected()
    {
        await using var server = await LiveServer.StartAsync(PushService.Settings);
        await using var push = await PushService.StartAsync(server);
        await using var chat = await server.OpenChatAsync();
        await using var carol = await server.ConnectUserAsync("carol");
        await using var dave = await server.ConnectUserAsync("dave");
        var bob = chat.Bob;
        await PutAsync(server, bob.Account, push.Subscribe("bobs"));
        await bob.Hub.UpdateSettings(new() { HiddenWords = ["casino"] });
        await chat.Alice.SayAsync(chat.Id, "You are here");
        var deleted = (await carol.RequestAsync(bob)).Request;
        await bob.DeleteAsync(deleted.RequestId);
        await carol.WithdrawAsync(deleted.RequestId);
        await server.Database.ExecuteAsync("UPDATE requests SET ended_at = ended_at - 90000000");
        await bob.Hub.UpdateConversation(new() { ConversationId = chat.Id, MutedUntil = DateTimeOffset.UtcNow.AddHours(1) });
        await bob.DisposeAsync();

        await chat.Alice.SayAsync(chat.Id, "Muted");
        await carol.RequestAsync(bob, "Suppressed");
        await dave.RequestAsync(bob, "Come to my casino");
        // Behind them in the same order.
        await using var erin = await server.ConnectUserAsync("erin");
        await erin.RequestAsync(bob, "Hello?");

        Assert.Equal("Erin", Text(await NextAsync(push, "bobs"), "title"));
        Assert.Equal(1, push.Attempts);
    }

    [Theory]
    [InlineData(HttpStatusCode.Gone)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task Subscription_that_its_service_no_longer_knows_is_removed_and_the_others_go_on(HttpStatusCode answer)
    {
        await using var server = await LiveServer.StartAsync(PushService.Settings);
        await using var push = await PushService.StartAsync(server);
        push.Answer = browser => browser == "old" ? answer : HttpStatusCode.Created;
        await using var alice = await server.ConnectUserAsync("alice");
        var bob = await Account.BringAsync(server, "bob");
        await PutAsync(server, bob, push.Subscribe("old"), "old");
        await PutAsync(server, bob, push.Subscribe("new"), "new");

        await alice.RequestAsync(bob);

        await NextAsync(push, "new");
        await EmptyAsync(server);
        Assert.Equal(["new"], await server.Database.ListAsync<string>("SELECT device_id FROM push_subscriptions"));
        Assert.Equal([1L], await server.Database.ListAsync<long>("SELECT push_count FROM users WHERE user_id = @Id", new { bob.Id }));
    }

    [Fact]
    public async Task Subscription_that_is_renewed_while_its_old_endpoint_answers_that_it_is_gone_stays_and_gets_the_push()
    {
        await using var server = await LiveServer.StartAsync(PushService.Settings);
        await using var push = await PushService.StartAsync(server);
        await using var alice = await server.ConnectUserAsync("alice");
        var bob = await Account.BringAsync(server, "bob");
        await PutAsync(server, bob, push.Subscribe("old"));
        push.Answer = browser => browser == "old" ? HttpStatusCode.Gone : HttpStatusCode.Created;
        push.BeforeAnswer = browser => browser == "old" ? PutAsync(server, bob, push.Subscribe("new")) : Task.CompletedTask;

        await alice.RequestAsync(bob);

        await NextAsync(push, "new");
        await EmptyAsync(server);
        Assert.Equal(["browser"], await server.Database.ListAsync<string>("SELECT device_id FROM push_subscriptions"));
        Assert.Equal([1L], await server.Database.ListAsync<long>("SELECT push_count FROM users WHERE user_id = @Id", new { bob.Id }));
    }

    [Fact]
    public async Task Push_that_failed_is_tried_again_and_one_that_was_refused_is_dropped()
    {
        await using var server = await LiveServer.StartAsync(PushService.Settings);
        await using var push = await PushService.StartAsync(server);
        var failures = 2;
        push.Answer = browser => browser == "refusing" ? HttpStatusCode.Forbidden : Interlocked.Decrement(ref failures) >= 0 ? HttpStatusCode.BadGateway : HttpStatusCode.Created;
        await using var alice = await server.ConnectUserAsync("alice");
        var bob = await Account.BringAsync(server, "bob");
        await PutAsync(server, bob, push.Subscribe("failing"), "failing");
        await PutAsync(server, bob, push.Subscribe("refusing"), "refusing");

        await alice.RequestAsync(bob);

        await NextAsync(push, "failing");
        await EmptyAsync(server);
        Assert.Equal(4, push.Attempts);
        Assert.Contains("[8008]", server.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_that_leads_to_a_private_address_gets_nothing()
    {
        await using var server = await LiveServer.StartAsync([.. PushService.Settings, ("Push:AllowPrivateAddresses", "false")]);
        await using var push = await PushService.StartAsync(server);
        await using var alice = await server.ConnectUserAsync("alice");
        var bob = await Account.BringAsync(server, "bob");
        await PutAsync(server, bob, PushSubscriptionTests.Subscription("https://push.example/abc"));
        // As a public name's address may change after it was put.
        var subscription = push.Subscribe("bobs");
        await server.Database.ExecuteAsync("UPDATE push_subscriptions SET endpoint = @Endpoint", new { Endpoint = subscription.Endpoint!.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) });

        await alice.RequestAsync(bob);

        await server.Log.FindAsync("The address is not public").SoonAsync();
        Assert.Equal(0, push.Attempts);
    }

    private static async Task PutAsync(ITestServer server, Account account, PushSubscriptionInput subscription, string id = "browser") =>
        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("PUT", Path + id, new(account.Token), subscription)).Status);

    private static async Task<JsonElement> NextAsync(PushService push, string browser)
    {
        var (to, message) = await push.Received.NextAsync();
        Assert.Equal(browser, to);
        return message;
    }

    private static Task EmptyAsync(LiveServer server) =>
        TestTimeouts.EventuallyAsync(async () => (await server.Database.ListAsync<long>("SELECT COUNT(*) FROM outbox"))[0] == 0);

    private static string? Text(JsonElement message, string member) => message.TryGetProperty(member, out var value) ? value.GetString() : null;

    private static int Badge(JsonElement message) => message.GetProperty("badge").GetInt32();
}
