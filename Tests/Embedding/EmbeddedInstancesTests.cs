using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Embedding;

/// <summary>ChatHub in several hosts, which share a Redis.</summary>
[Collection(nameof(SerialCollection))]
public sealed class EmbeddedInstancesTests
{
    [Fact]
    public async Task Two_hosts_with_one_database_and_redis_are_two_instances()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = await Platform.StartAsync(settings: ("Redis:Configuration", redis.Configuration));
        await using var other = await Platform.StartAsync(settings: [.. one.Database.Settings, ("Redis:Configuration", redis.Configuration)]);
        foreach (var host in (Platform[])[one, other])
            await Cluster.ReadyAsync(host, path: "/chat/health/ready");
        var (alice, bob) = (await one.JoinAsync("alice"), await one.JoinAsync("bob"));
        await using var sender = await alice.ConnectAsync();
        await using var recipient = (bob with { Platform = other, Pass = await other.SignInAsync(bob.Id) }).NewClient();
        var received = new ReceivedEvents(recipient.Events);
        await recipient.ConnectAsync(TestTimeouts.Token).SoonAsync();
        // Then every instance knows that he is there.
        await received.Positions.NextAsync();

        await sender.Hub.SendRequest(new() { RecipientId = bob.Id, Text = "Are you at the other one?", ClientId = "1" });

        Assert.Equal(alice.Id, (await received.Stored.NextAsync<RequestReceived>()).Request.Sender.UserId);
    }
}
