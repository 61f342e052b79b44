using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatHub.Tests.Notifications;

/// <summary>Entries of a webhook that this instance does not have: of a newer configuration, until they are too old for that.</summary>
public sealed class OrphanTests
{
    private const string OfAnotherWebhook = """
        INSERT INTO outbox (entry_id, channel, target, user_key, event, occurred_at, due_at)
        SELECT CONCAT(entry_id, '.'), channel + 1, target, user_key, event, occurred_at, due_at FROM outbox
        """;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Entry_of_a_webhook_that_is_not_configured_is_a_dead_letter_after_an_hour_and_not_before()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var log = new OutputLog();
        await using var server = await InProcessServer.StartAsync(
            services => services.AddSingleton<ILoggerProvider>(new OutputLogProvider(log)), [.. receiver.Settings(), ("Outbox:LeaseSeconds", "600")]);
        await using var alice = await server.ConnectUserAsync("alice");
        await server.BanAsync(alice);
        await server.Database.ExecuteAsync(OfAnotherWebhook);
        await server.Time.AdvanceUntilAsync(receiver.FindAsync("user.banned", alice.Id), Second);

        // In steps that leave a renewal of the lease a second, on a busy machine as well.
        await server.Time.AdvanceUntilAsync(log.FindAsync("[8006]"));

        var ages = await server.Database.ListAsync<long>("SELECT died_at - occurred_at FROM outbox");
        Assert.InRange(TimeSpan.FromMilliseconds(Assert.Single(ages)), TimeSpan.FromHours(1), TimeSpan.FromHours(1.5));
        Assert.Single(log.Text.Split('\n'), line => line.Contains("[8004]", StringComparison.Ordinal));
    }
}
