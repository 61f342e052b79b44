using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Requests;

/// <summary>
/// Blocking turns a request down like deleting it does: its sender reaches the folder no more for 30 days, also when
/// unblocked, and reads "pending" all the time.
/// </summary>
public sealed class TurnedDownTests(ClockServer server) : IClassFixture<ClockServer>
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task Request_within_30_days_of_a_block_is_suppressed()
    {
        var (alice, bob, first) = await TurnedDownAsync();
        server.Time.Advance(Lifetime - Moment - Day);
        await alice.WithdrawAsync(first);
        Assert.Equal(first, (await bob.NextAsync<RequestRemoved>()).RequestId);
        server.Time.Advance(Day);

        var again = await alice.RequestAsync(bob);
        Assert.Equal(RequestState.Pending, again.Request.State);
        Assert.Empty(await bob.FolderAsync());
        await bob.ReceivedNothingElseAsync();

        // Bob's button goes by what bob can see; and asking alice accepts what she asked.
        Assert.Equal(ButtonState.Request, (await bob.ProfileAsync(alice)).MessageButton.State);
        var crossed = await bob.RequestAsync(alice);
        Assert.Equal((RequestState.Accepted, again.Request.RequestId), (crossed.Request.State, crossed.AcceptedRequest?.RequestId));
    }

    [Fact]
    public async Task Request_30_days_after_a_block_arrives_again()
    {
        var (alice, bob, first) = await TurnedDownAsync();
        await alice.WithdrawAsync(first);
        server.Time.Advance(Lifetime);
        var again = await alice.RequestAsync(bob);
        Assert.Equal([again.Request.RequestId], await bob.FolderAsync());
    }

    [Fact]
    public async Task Request_of_another_sender_is_not_suppressed()
    {
        var (_, bob, _) = await TurnedDownAsync();
        var carol = await server.ConnectUserAsync("carol");
        await carol.RequestAsync(bob);
        Assert.Single(await bob.FolderAsync());
    }

    private async Task<(Device Alice, Device Bob, string RequestId)> TurnedDownAsync()
    {
        var alice = await server.ConnectUserAsync("alice");
        var bob = await server.ConnectUserAsync("bob");
        var sent = await alice.RequestAsync(bob);
        await bob.NextAsync<RequestReceived>();
        await bob.BlockAsync(alice);
        await bob.UnblockAsync(alice);
        return (alice, bob, sent.Request.RequestId);
    }
}
