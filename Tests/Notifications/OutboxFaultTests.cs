using System.Diagnostics;
using System.Globalization;
using System.Net;
using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Notifications;

/// <summary>What is committed is announced, and nothing else, whatever is killed or fails. CHATHUB_KILLS sets how often.</summary>
public sealed class OutboxFaultTests
{
    private const int DefaultKills = 3;
    private const int Pairs = 3;
    private static readonly TimeSpan CaughtUp = TimeSpan.FromSeconds(60);

    private static int Kills =>
        Environment.GetEnvironmentVariable("CHATHUB_KILLS") is { Length: > 0 } chosen ? int.Parse(chosen, CultureInfo.InvariantCulture) : DefaultKills;

    [Fact]
    public async Task Killed_server_loses_no_event_of_a_committed_change_and_invents_none()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.RefuseAtFirst(8, HttpStatusCode.InternalServerError);
        await using var server = await ServerProcess.StartAsync(receiver.Settings());
        var chats = new List<Chat>();
        for (var i = 0; i < Pairs; i++)
        {
            var chat = await WebhookTests.OpenWithBobAwayAsync(server);
            chats.Add(chat);
            await chat.Alice.DisposeAsync();
        }

        for (var round = 0; round < Kills; round++)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestTimeouts.Token);
            var enough = new TaskCompletionSource();
            var left = Random.Shared.Next(10, 120);
            var writing = chats.Select(chat => WriteAsync(server, chat, Count, stop.Token)).ToList();
            await enough.Task.SoonAsync();
            await server.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(writing);
            await server.RestartAsync();

            void Count()
            {
                if (Interlocked.Decrement(ref left) == 0)
                    enough.SetResult();
            }
        }

        await EmptyAsync(server);
        var committed = await server.Database.ListAsync<string>(
            """
            SELECT CONCAT(c.conversation_id, ' ', m.seq) FROM messages m JOIN conversations c ON c.conversation_key = m.conversation_key WHERE m.seq > 1
            UNION ALL SELECT CONCAT('request ', request_id) FROM requests
            UNION ALL SELECT CONCAT('accepted ', request_id) FROM requests WHERE state = 1
            """);
        var announced = receiver.Taken.DistinctBy(e => e.Id).ToList();
        Assert.True(committed.Count > Kills * 10);
        Assert.Equal(committed.Order(), announced.Select(NameOf).Order());
        Assert.All(
            announced.Where(e => e.Type == "message.received").GroupBy(e => e.UserId),
            events => Assert.Equal(events.Select(e => e.Seq).Order(), events.Select(e => e.Seq)));
    }

    [Fact]
    public async Task One_of_two_instances_delivers_and_the_other_takes_over_when_it_is_killed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        (string, string)[] settings = [.. receiver.Settings(), ("Outbox:LeaseSeconds", "10")];
        await using var first = await ServerProcess.StartAsync(settings);
        await using var alice = await first.ConnectUserAsync("alice");
        await using var bob = await first.ConnectUserAsync("bob");
        // Kept busy, so that the lease is not given back.
        receiver.Answer = e => Task.FromResult(e.UserId == bob.Id ? HttpStatusCode.BadGateway : HttpStatusCode.OK);
        await first.BanAsync(bob);
        await first.Log.FindAsync("has the lease").SoonAsync();
        await using var second = await ServerProcess.StartAsync([.. settings, .. first.Database.Settings]);

        await second.BanAsync(alice);
        await receiver.FindAsync("user.banned", alice.Id);
        Assert.DoesNotContain("has the lease", second.Log.Text, StringComparison.Ordinal);

        var takenOver = second.Log.FindAsync("has the lease");
        await first.KillAsync();
        await takenOver.SoonAsync();
        receiver.Answer = _ => Task.FromResult(HttpStatusCode.OK);
        await receiver.FindAsync("user.banned", bob.Id);
    }

    [Fact]
    public async Task Dead_letters_are_listed_and_sent_again()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => Task.FromResult(HttpStatusCode.InternalServerError);
        await using var server = await ServerProcess.StartAsync([.. receiver.Settings(), ("Outbox:MaxAttempts", "2"), ("Outbox:LeaseSeconds", "15")]);
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        await alice.RequestAsync(bob);
        await server.Log.FindAsync("is a dead letter").SoonAsync();
        await server.BanAsync(bob);
        await server.Log.FindAsync("user.banned").SoonAsync();
        Assert.Equal(4, receiver.Attempts);

        Assert.Equal(0, await server.RunSwitchAsync("--list-dead-letters"));
        var listed = server.Log.Text.Split('\n').Where(line => line.Contains("\tWebhooks:0\t", StringComparison.Ordinal)).Select(line => line.Split('\t')).ToList();
        Assert.Equal(["request.received", "user.banned"], listed.Select(letter => letter[2]));
        Assert.All(listed, letter => Assert.Equal((bob.Id, "2", "It answered 500."), (letter[3], letter[6], letter[7])));

        receiver.Answer = _ => Task.FromResult(HttpStatusCode.OK);
        Assert.Equal(1, await server.RunSwitchAsync("--resend-dead-letters", "nothing"));
        Assert.Equal(0, await server.RunSwitchAsync("--resend-dead-letters", listed[1][0]));
        Assert.Equal(listed[1][0], (await receiver.FindAsync("user.banned", bob.Id)).Id);
        Assert.DoesNotContain(receiver.Taken, e => e.Type == "request.received");
        Assert.Equal(0, await server.RunSwitchAsync("--resend-dead-letters"));
        Assert.Equal(listed[0][0], (await receiver.FindAsync("request.received", bob.Id)).Id);
        await EmptyAsync(server);
    }

    [Fact]
    public async Task Erasure_deletes_what_waits_for_the_user_and_is_announced_itself()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = e => Task.FromResult(e.Type == "request.received" ? HttpStatusCode.InternalServerError : HttpStatusCode.OK);
        await using var server = await LiveServer.StartAsync(receiver.Settings());
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        await alice.RequestAsync(bob);
        await server.Log.FindAsync("It answered 500").SoonAsync();

        await server.EraseAsync(bob);

        await receiver.FindAsync("user.erased", bob.Id);
        await EmptyAsync(server);
    }

    [Fact]
    public async Task Lag_of_more_than_5_minutes_is_degraded_and_the_server_stays_ready()
    {
        await using var server = await InProcessServer.StartAsync(
            ("Webhooks:0:Url", "https://127.0.0.1:1/"), ("Webhooks:0:Secret", WebhookReceiver.Secret), ("Outbox:LeaseSeconds", "600"));
        await using var alice = await server.ConnectUserAsync("alice");
        await AssertAsync("ok");
        await server.EraseAsync(alice);
        server.Time.Advance(TimeSpan.FromMinutes(4));
        await AssertAsync("ok");
        server.Time.Advance(TimeSpan.FromMinutes(2));

        await AssertAsync("degraded");

        async Task AssertAsync(string outbox)
        {
            var answer = await server.HealthAsync(outbox);
            Assert.Equal((HttpStatusCode.OK, outbox), (answer.Status, answer.Read<Health>().Dependencies["outbox"]));
        }
    }

    private static string NameOf(WebhookEvent e) => e.Type switch
    {
        "message.received" => $"{e.Text("conversationId")} {e.Seq}",
        "request.received" => $"request {e.Text("requestId")}",
        "request.accepted" => $"accepted {e.Text("requestId")}",
        _ => e.Body,
    };

    /// <summary>Writes until the server is gone; only what is stored counts, acknowledged or not.</summary>
    private static async Task WriteAsync(ServerProcess server, Chat chat, Action written, CancellationToken stop)
    {
        await using var alice = await Device.ConnectAsync(server.Address, chat.Alice.Account);
        try
        {
            while (true)
            {
                await alice.SayAsync(chat.Id, "Words").WaitAsync(stop);
                written();
            }
        }
        catch (Exception e) when (e is ChatHubUnreachableException or OperationCanceledException)
        {
            // It was killed.
        }
    }

    private static async Task EmptyAsync(ITestServer server)
    {
        var clock = Stopwatch.StartNew();
        while ((await server.Database.ListAsync<string>("SELECT COALESCE(last_error, 'waits') FROM outbox")) is { Count: > 0 } left)
        {
            Assert.True(clock.Elapsed < CaughtUp, $"{left.Count} entries are left: {left[0]}");
            await Task.Delay(50, TestTimeouts.Token);
        }
    }
}
