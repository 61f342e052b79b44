using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Requests;

/// <summary>What follows a withdrawal: a pause of 24 hours towards the same person, and nothing else.</summary>
public sealed class WithdrawalTests(ClockServer server) : IClassFixture<ClockServer>
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(24);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task For_24_hours_after_a_withdrawal_no_other_request_reaches_the_same_person()
    {
        var (alice, bob) = await WithdrawnAsync(byBlocking: false);
        // Another recipient is not concerned, and the button is what opening answers.
        Assert.Equal(RequestState.Pending, (await alice.RequestAsync(await server.ConnectUserAsync("carol"))).Request.State);
        Assert.Equal(ButtonState.Request, (await alice.ProfileAsync(bob)).MessageButton.State);
        await PausedAsync(alice, bob);
    }

    [Fact]
    public async Task A_withdrawal_by_blocking_has_the_same_pause()
    {
        var (alice, bob) = await WithdrawnAsync(byBlocking: true);
        await alice.UnblockAsync(bob);
        await PausedAsync(alice, bob);
    }

    [Fact]
    public async Task The_pause_holds_up_neither_a_crossing_nor_a_direct_opening()
    {
        var (alice, bob) = await WithdrawnAsync(byBlocking: false);
        await bob.RequestAsync(alice);
        Assert.Equal(RequestState.Accepted, (await alice.RequestAsync(bob)).Request.State);

        var (carol, dave) = await WithdrawnAsync(byBlocking: false);
        await dave.FollowAsync(carol);
        Assert.Equal(RequestState.Accepted, (await carol.RequestAsync(dave)).Request.State);
    }

    [Fact]
    public async Task Of_the_pause_and_the_daily_limit_the_longer_wait_is_named()
    {
        var (alice, bob) = await WithdrawnAsync(byBlocking: false);
        server.Time.Advance(TimeSpan.FromHours(1));
        await UseUpTheDayAsync(alice);
        // The withdrawn request of an hour ago leaves the day first, and the pause ends with it.
        Assert.Equal(TimeSpan.FromHours(23), await WaitAsync(alice, bob));

        var carol = await server.ConnectUserAsync("carol");
        var dave = await server.ConnectUserAsync("dave");
        await UseUpTheDayAsync(carol, butOne: true);
        server.Time.Advance(TimeSpan.FromHours(2));
        var sent = await carol.RequestAsync(dave);
        server.Time.Advance(TimeSpan.FromHours(3));
        await carol.WithdrawAsync(sent.Request.RequestId);
        Assert.Equal(TimeSpan.FromHours(24), await WaitAsync(carol, dave));
        Assert.Equal(TimeSpan.FromHours(19), await WaitAsync(carol, await server.ConnectUserAsync("erin")));
    }

    private async Task PausedAsync(Device alice, Device bob)
    {
        Assert.Equal(Pause, await WaitAsync(alice, bob));
        server.Time.Advance(Pause - Moment);
        Assert.Equal(TimeSpan.FromSeconds(1), await WaitAsync(alice, bob));
        server.Time.Advance(Moment);
        Assert.Equal(RequestState.Pending, (await alice.RequestAsync(bob)).Request.State);
    }

    private async Task<(Device Alice, Device Bob)> WithdrawnAsync(bool byBlocking)
    {
        var alice = await server.ConnectUserAsync("alice");
        var bob = await server.ConnectUserAsync("bob");
        var sent = await alice.RequestAsync(bob);
        if (byBlocking)
            await alice.BlockAsync(bob);
        else
            await alice.WithdrawAsync(sent.Request.RequestId);
        return (alice, bob);
    }

    private async Task UseUpTheDayAsync(Device sender, bool butOne = false)
    {
        while ((await sender.Hub.GetMe(new())).RequestsLeftToday > (butOne ? 1 : 0))
            await sender.RequestAsync(await server.ConnectUserAsync("bystander"));
    }

    private static async Task<TimeSpan?> WaitAsync(Device sender, Device recipient) =>
        (await Wire.RefusedAsync(ErrorCodes.RequestLimitReached, sender.RequestAsync(recipient))).RetryAfter;
}
