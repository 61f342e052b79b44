using ChatHub.Server.Outbox;
using ChatHub.Server.Storage;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.Notifications;

/// <summary>What waits for one user behind an entry that cannot be delivered.</summary>
public sealed class OutboxLaneTests
{
    private const int Doublings = 11;
    private static readonly long Channel = OutboxChannels.OfWebhook(0);

    [Fact]
    public async Task Long_lane_is_deferred_in_steps_of_a_bounded_size()
    {
        // The lease is not taken over within the test's time: nothing is delivered.
        await using var server = await InProcessServer.StartAsync(
            ("Webhooks:0:Url", "https://127.0.0.1:1/"), ("Webhooks:0:Secret", WebhookReceiver.Secret), ("Outbox:LeaseSeconds", "600"));
        await using var alice = await server.ConnectUserAsync("alice");
        await server.BanAsync(alice);
        for (var i = 0; i < Doublings; i++)
            await server.Database.ExecuteAsync(Double, new { suffix = $".{i}" });
        var (database, store) = (server.Services.GetRequiredService<IDatabase>(), server.Services.GetRequiredService<OutboxStore>());
        var user = (await server.Database.ListAsync<long>("SELECT user_key FROM users WHERE user_id = @Id", new { alice.Id })).Single();
        var head = await database.ReadAsync(session => store.HeadAsync(session, Channel, 0, user), TestTimeouts.Token);
        Assert.NotNull(head);
        var dueAt = head.DueAt + 1;

        var steps = new List<int>();
        var count = await database.WriteInStepsAsync(
            async session =>
            {
                steps.Add(await store.DeferSomeAsync(session, head, dueAt));
                return steps[^1];
            },
            OutboxStore.Step,
            TestTimeouts.Token);

        Assert.Equal(1 << Doublings, count);
        Assert.Equal([OutboxStore.Step, OutboxStore.Step, count - (2 * OutboxStore.Step)], steps);
        Assert.Equal([dueAt], await server.Database.ListAsync<long>("SELECT DISTINCT due_at FROM outbox"));
    }

    private const string Double = """
        INSERT INTO outbox (entry_id, channel, target, user_key, event, occurred_at, due_at)
        SELECT CONCAT(entry_id, @suffix), channel, target, user_key, event, occurred_at, due_at FROM outbox
        """;
}
