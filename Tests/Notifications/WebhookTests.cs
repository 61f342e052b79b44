using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Notifications;

/// <summary>Webhooks of a real server, posted to a real receiver.</summary>
public sealed class WebhookTests
{
    private const string Introduction = "Hello from the tide tables";

    [Fact]
    public async Task Each_event_is_posted_signed_and_without_a_text()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await LiveServer.StartAsync(receiver.Settings());
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");

        var request = (await alice.RequestAsync(bob, Introduction)).Request;
        var received = await receiver.FindAsync("request.received", bob.Id);
        Assert.Equal((request.RequestId, alice.Id, "main"), (received.Text("requestId"), received.Text("senderId"), received.Text("folder")));
        Assert.False(received.Data.GetProperty("muted").GetBoolean());
        Assert.Equal(bob.Id, received.Json.GetProperty("subject").GetString());

        var chat = (await bob.AcceptAsync(request.RequestId)).Conversation.ConversationId;
        var accepted = await receiver.FindAsync("request.accepted", alice.Id);
        Assert.Equal((request.RequestId, chat, bob.Id), (accepted.Text("requestId"), accepted.Text("conversationId"), accepted.Text("accepterId")));
        Assert.Equal(("main", false), (accepted.Text("folder"), accepted.Data.GetProperty("muted").GetBoolean()));

        await bob.DisposeAsync();
        await alice.SayAsync(chat, Introduction);
        var message = await receiver.FindAsync("message.received", bob.Id);
        Assert.Equal((chat, 2, alice.Id, "main"), (message.Text("conversationId"), message.Seq, message.Text("senderId"), message.Text("folder")));

        var report = await alice.Hub.Report(new() { UserId = bob.Id, Reason = ReportReason.Spam, Note = Introduction });
        Assert.Equal(report.ReportId, (await receiver.FindAsync("report.created", bob.Id)).Text("reportId"));
        var ban = await server.BanAsync(bob, hours: 3, Introduction);
        Assert.Equal(ban.Until, (await receiver.FindAsync("user.banned", bob.Id)).Data.GetProperty("until").GetDateTimeOffset());
        Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("GET", "/api/me/export", Credentials.Of(bob))).Status);
        await receiver.FindAsync("user.exported", bob.Id);
        await server.EraseAsync(bob);
        await receiver.FindAsync("user.erased", bob.Id);

        Assert.Equal(7, receiver.Taken.DistinctBy(e => e.Id).Count());
        Assert.All(receiver.Taken, e => Assert.DoesNotContain("tide", e.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Texts_are_in_it_where_configured_as_they_are_then()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await LiveServer.StartAsync([.. receiver.Settings(), ("Webhooks:0:IncludeText", "true")]);
        // A message may be due before it is changed: then the attempt fails, and the next one reads the text again.
        receiver.Answer = e => Task.FromResult(e.Type == "message.received" && e.Text("text") is not (null or "Edited") ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);
        var chat = await OpenWithBobAwayAsync(server);
        await chat.Alice.SayAsync(chat.Id, "First");
        await chat.Alice.EditAsync(chat.Id, 2, "Edited");
        await chat.Alice.SayAsync(chat.Id, "Removed");
        await chat.Alice.RemoveAsync(chat.Id, 3);
        await receiver.UntilAsync(taken => Messages(taken).Count() == 2);

        Assert.Equal("Hello?", (await receiver.FindAsync("request.received", chat.Bob.Id)).Text("text"));
        Assert.Equal(["Edited", null], Messages(receiver.Taken).Select(e => e.Text("text")));
        await chat.Alice.DisposeAsync();

        static IEnumerable<WebhookEvent> Messages(IEnumerable<WebhookEvent> taken) => taken.Where(e => e.Type == "message.received").DistinctBy(e => e.Id);
    }

    [Fact]
    public async Task Only_the_events_that_are_listed_are_posted()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await LiveServer.StartAsync(
            [.. receiver.Settings(), ("Webhooks:0:Events:0", "request.accepted"), ("Webhooks:0:Events:1", "user.erased")]);
        await using var chat = await server.OpenChatAsync();
        await receiver.FindAsync("request.accepted", chat.Alice.Id);
        await server.EraseAsync(chat.Alice);
        await receiver.FindAsync("user.erased", chat.Alice.Id);

        Assert.Equal(["request.accepted", "user.erased"], receiver.Taken.DistinctBy(e => e.Id).Select(e => e.Type));
        Assert.Empty(await server.Database.ListAsync<long>("SELECT event FROM outbox WHERE event NOT IN (2, 6)"));
    }

    [Fact]
    public async Task Recipient_who_is_connected_or_connects_within_the_wait_gets_no_message_event()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await LiveServer.StartAsync([.. receiver.Settings(), ("Outbox:ConnectionWaitSeconds", "5")]);
        await using var chat = await server.OpenChatAsync();
        await chat.Alice.SayAsync(chat.Id, "You are here");
        await chat.Bob.DisposeAsync();
        await using var back = await chat.Bob.Account.ConnectAsync();
        await chat.Alice.SayAsync(chat.Id, "And back");

        // Behind them in the same order.
        await server.BanAsync(chat.Bob);
        await receiver.FindBehindMessagesAsync("user.banned", chat.Bob.Id);
        Assert.DoesNotContain(receiver.Taken, e => e.Type == "message.received");
    }

    [Fact]
    public async Task Recipient_who_is_connected_to_another_instance_gets_no_message_event_whichever_of_them_delivers()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var cluster = await Cluster.StartAsync(2, receiver.Settings());
        // One of the two has the lease of the outbox: for a recipient on each, the other has written the message.
        var (first, bob) = await OpenAcrossAsync(cluster, 0, 1);
        var (second, carol) = await OpenAcrossAsync(cluster, 1, 0);
        foreach (var (chat, recipient) in ((Chat, Device)[])[(first, bob), (second, carol)])
        {
            await chat.Alice.SayAsync(chat.Id, "You are there");
            // Behind it in the same order.
            Assert.Equal(HttpStatusCode.OK, (await cluster[0].HttpAsync("GET", "/api/me/export", Credentials.Of(recipient))).Status);
        }

        foreach (var recipient in (Device[])[bob, carol])
            await receiver.FindBehindMessagesAsync("user.exported", recipient.Id);

        Assert.DoesNotContain(receiver.Taken, e => e.Type == "message.received");
        await bob.DisposeAsync();
        await carol.DisposeAsync();
        foreach (var (chat, recipient) in ((Chat, Device)[])[(first, bob), (second, carol)])
        {
            await chat.Alice.SayAsync(chat.Id, "You have left");
            Assert.Equal(3, (await receiver.FindAsync("message.received", recipient.Id)).Seq);
            await chat.Alice.DisposeAsync();
        }
    }

    private static async Task<(Chat Chat, Device Recipient)> OpenAcrossAsync(Cluster cluster, int sender, int recipient)
    {
        var chat = await cluster[sender].OpenChatAsync();
        await chat.Bob.DisposeAsync();
        var device = await Device.ConnectAsync(cluster[recipient].Address, chat.Bob.Account);
        await device.Received.Positions.NextAsync();
        return (chat, device);
    }

    [Fact]
    public async Task Suppressed_request_posts_nothing_and_a_filtered_one_says_so()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await LiveServer.StartAsync(receiver.Settings());
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        await using var carol = await server.ConnectUserAsync("carol");
        await bob.Hub.UpdateSettings(new() { HiddenWords = ["casino"] });
        var first = (await alice.RequestAsync(bob)).Request;
        await bob.DeleteAsync(first.RequestId);
        await alice.WithdrawAsync(first.RequestId);
        await server.Database.ExecuteAsync("UPDATE requests SET ended_at = ended_at - 90000000");
        Assert.Equal(RequestState.Pending, (await alice.RequestAsync(bob, "Again")).Request.State);
        var filtered = (await carol.RequestAsync(bob, "Come to my casino")).Request;

        await receiver.UntilAsync(taken => taken.Any(e => e.Text("requestId") == filtered.RequestId));
        Assert.Equal([(first.RequestId, "main"), (filtered.RequestId, "filtered")], receiver.Taken.DistinctBy(e => e.Id).Select(e => (e.Text("requestId"), e.Text("folder"))));
    }

    [Fact]
    public async Task Event_of_a_muted_chat_says_so()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await LiveServer.StartAsync(receiver.Settings());
        await using var chat = await server.OpenChatAsync();
        await chat.Bob.Hub.UpdateConversation(new() { ConversationId = chat.Id, MutedUntil = DateTimeOffset.UtcNow.AddHours(1) });
        await chat.Bob.DisposeAsync();
        await chat.Alice.SayAsync(chat.Id, "Psst");

        Assert.True((await receiver.FindAsync("message.received", chat.Bob.Id)).Data.GetProperty("muted").GetBoolean());
    }

    [Fact]
    public async Task Receiver_that_fails_now_and_then_gets_everything_in_the_order_of_each_user()
    {
        const int Messages = 12;
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.RefuseAtFirst(5, HttpStatusCode.ServiceUnavailable);
        await using var server = await LiveServer.StartAsync(receiver.Settings());
        Chat[] chats = [await OpenWithBobAwayAsync(server), await OpenWithBobAwayAsync(server), await OpenWithBobAwayAsync(server)];
        for (var i = 0; i < Messages; i++)
        {
            foreach (var chat in chats)
                await chat.Alice.SayAsync(chat.Id, $"{i}");
        }

        await receiver.UntilAsync(taken => taken.Where(e => e.Type == "message.received").DistinctBy(e => e.Id).Count() == chats.Length * Messages);

        Assert.True(receiver.Attempts > receiver.Taken.Count, "Nothing was refused.");
        foreach (var chat in chats)
        {
            Assert.Equal(
                Enumerable.Range(2, Messages).Select(seq => (long)seq),
                receiver.Taken.Where(e => e.Type == "message.received" && e.UserId == chat.Bob.Id).DistinctBy(e => e.Id).Select(e => e.Seq));
            await chat.Alice.DisposeAsync();
        }
    }

    [Fact]
    public async Task Webhook_that_hangs_delays_no_other_one()
    {
        await using var slow = await WebhookReceiver.StartAsync();
        await using var quick = await WebhookReceiver.StartAsync();
        var hang = new TaskCompletionSource<HttpStatusCode>();
        slow.Answer = _ => hang.Task;
        await using var server = await LiveServer.StartAsync([.. slow.Settings(), .. quick.Settings(index: 3)]);
        await using var chat = await server.OpenChatAsync();

        await quick.FindAsync("request.accepted", chat.Alice.Id);
        Assert.Empty(slow.Taken);
        hang.SetResult(HttpStatusCode.OK);
        await slow.FindAsync("request.accepted", chat.Alice.Id);
    }

    [Fact]
    public async Task Redirect_is_not_followed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = e => Task.FromResult(e.Path == "/hook" ? HttpStatusCode.TemporaryRedirect : HttpStatusCode.OK);
        await using var server = await LiveServer.StartAsync(receiver.Settings());
        await using var alice = await server.ConnectUserAsync("alice");
        await server.EraseAsync(alice);

        await server.Log.FindAsync("It answered 307").SoonAsync();
        Assert.Empty(receiver.Taken);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task Private_address_is_not_connected_to(string host)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await LiveServer.StartAsync(
            [.. receiver.Settings(), ("Webhooks:0:AllowPrivateAddresses", "false"), ("Webhooks:0:Url", $"https://{host}:{new Uri(receiver.Url).Port}/hook")]);
        await using var alice = await server.ConnectUserAsync("alice");
        await server.EraseAsync(alice);

        await server.Log.FindAsync("The address is not public").SoonAsync();
        Assert.Equal(0, receiver.Attempts);
    }

    [Theory]
    [InlineData("Webhooks:0:Url", "http://hooks.example/")]
    [InlineData("Webhooks:0:Secret", "short")]
    [InlineData("Webhooks:0:Secret", "whsec_c2hvcnQ=")]
    [InlineData("Webhooks:0:Secret", "whsec_not base64, however long it may be")]
    [InlineData("Webhooks:0:Events:0", "request.seen")]
    [InlineData("Webhooks:Url", "https://hooks.example/")]
    public async Task Setting_that_is_wrong_stops_the_start_with_a_line_that_names_it(string key, string value)
    {
        Dictionary<string, string> settings = new() { ["Webhooks:0:Url"] = "https://hooks.example/", ["Webhooks:0:Secret"] = WebhookReceiver.Secret, [key] = value };
        var e = await Assert.ThrowsAnyAsync<Exception>(() => LiveServer.StartAsync([.. settings.Select(setting => (setting.Key, setting.Value))]));
        Assert.Contains(key.EndsWith(":0:Events:0", StringComparison.Ordinal) ? "Webhooks:0:Events" : key, e.Message, StringComparison.Ordinal);
    }

    /// <summary>Alice's chat with bob, who has no connection any more.</summary>
    internal static async Task<Chat> OpenWithBobAwayAsync(ITestServer server)
    {
        var chat = await server.OpenChatAsync();
        await chat.Bob.DisposeAsync();
        return chat;
    }
}
