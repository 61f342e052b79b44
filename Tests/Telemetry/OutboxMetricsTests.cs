using System.Net;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Notifications;
using Xunit;

namespace ChatHub.Tests.Telemetry;

/// <summary>The outbox's gauges, as a scraper gets them from a real process.</summary>
public sealed class OutboxMetricsTests
{
    [Fact]
    public async Task Event_that_waits_is_depth_and_lag_and_one_that_was_given_up_is_a_dead_letter()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var response = new TaskCompletionSource<HttpStatusCode>(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Answer = _ => response.Task;
        await using var server = await ServerProcess.StartAsync([.. receiver.Settings(), PrometheusScrape.Setting, ("Outbox:MaxAttempts", "1")]);
        var address = await PrometheusScrape.AddressOfAsync(server);
        var empty = await PrometheusScrape.UntilAsync(address, scrape => scrape.Names.Contains("chathub_outbox_depth"));
        Assert.Equal((0, 0, 0), Values(empty));

        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        await alice.RequestAsync(bob);
        var waiting = await PrometheusScrape.UntilAsync(address, scrape => Values(scrape) is { Depth: 1, Lag: > 0 });
        Assert.Equal(0, Values(waiting).DeadLetters);

        response.SetResult(HttpStatusCode.ServiceUnavailable);
        await PrometheusScrape.UntilAsync(address, scrape => Values(scrape) is { Depth: 0, Lag: 0, DeadLetters: 1 });
    }

    [Fact]
    public async Task Message_that_is_put_off_since_its_recipient_is_connected_is_depth_and_no_lag()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await ServerProcess.StartAsync([.. receiver.Settings(), PrometheusScrape.Setting]);
        var address = await PrometheusScrape.AddressOfAsync(server);
        await using var chat = await server.OpenChatAsync();
        await receiver.FindAsync("request.accepted", chat.Alice.Id);

        await chat.Alice.SayAsync(chat.Id, "You are here");

        await PrometheusScrape.UntilAsync(address, scrape => scrape.Names.Contains("chathub_outbox_depth") && Values(scrape) is { Depth: 1, Lag: 0 }).SoonAsync();
    }

    private static (double Depth, double Lag, double DeadLetters) Values(PrometheusScrape scrape) =>
        (scrape.Value("chathub_outbox_depth"), scrape.Value("chathub_outbox_lag_seconds"), scrape.Value("chathub_outbox_dead_letters"));
}
