using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Requests;

/// <summary>A request within 30 days after a deletion is suppressed: however long requests live, and whatever retention removes.</summary>
public sealed class SuppressionTests
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(30);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(20);

    /// <summary>One that lives for a day has expired long before; one that lives for 90 is taken back.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(90)]
    public async Task Suppression_lasts_for_30_days_whatever_the_lifetime_of_a_request(int lifetimeDays)
    {
        await using var server = await InProcessServer.StartAsync(("Messaging:RequestLifetimeDays", $"{lifetimeDays}"));
        await using var alice = await server.ConnectUserAsync("alice");
        await using var carol = await server.ConnectUserAsync("carol");
        await using var bob = await server.ConnectUserAsync("bob");
        foreach (var sender in new[] { alice, carol })
            await bob.DeleteAsync((await sender.RequestAsync(bob)).Request.RequestId);
        await PassAsync(server, Window - Day - Moment);
        if (lifetimeDays > 30)
        {
            foreach (var sender in new[] { alice, carol })
                await sender.WithdrawAsync((await sender.Hub.ListRequests(new() { Direction = RequestDirection.Outgoing })).Items[0].RequestId);
        }

        await PassAsync(server, Day);
        var suppressed = await alice.RequestAsync(bob);
        Assert.Equal(RequestState.Pending, suppressed.Request.State);
        Assert.Empty(await bob.FolderAsync());

        server.Time.Advance(Moment);
        var arrives = await carol.RequestAsync(bob);
        Assert.Equal([arrives.Request.RequestId], await bob.FolderAsync());
    }

    /// <summary>A recipient may turn down what has ended: its removal must not end what that does.</summary>
    [Fact]
    public async Task Retention_keeps_what_was_turned_down_late_until_it_suppresses_nothing()
    {
        await using var server = await InProcessServer.StartAsync(("Retention:RequestsDays", "30"));
        await using var alice = await server.ConnectUserAsync("alice");
        await using var bob = await server.ConnectUserAsync("bob");
        var first = (await alice.RequestAsync(bob)).Request.RequestId;
        await alice.WithdrawAsync(first);
        await PassAsync(server, TimeSpan.FromDays(29));
        await bob.DeleteAsync(first);

        await PassAsync(server, Window - Moment);
        var suppressed = await alice.RequestAsync(bob);
        Assert.Empty(await bob.FolderAsync());
        await alice.WithdrawAsync(suppressed.Request.RequestId);
        Assert.Equal(first, (await alice.Hub.GetRequest(new() { RequestId = first })).RequestId);

        await PassAsync(server, Day);
        await Wire.RefusedAsync(ErrorCodes.RequestNotFound, alice.Hub.GetRequest(new() { RequestId = first }));
        Assert.Equal([(await alice.RequestAsync(bob)).Request.RequestId], await bob.FolderAsync());
    }

    /// <summary>With the sweeps of that time.</summary>
    private static async Task PassAsync(InProcessServer server, TimeSpan time)
    {
        await server.Time.TimerSetAsync(Sweep).SoonAsync();
        server.Time.Advance(time);
        await server.Time.TimerSetAsync(Sweep).SoonAsync();
    }
}
