using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Requests;

/// <summary>Retention:RequestsDays: requests are removed after their end; what the rules read of them stays.</summary>
public sealed class RequestRetentionTests : IAsyncLifetime
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(20);

    private InProcessServer _server = null!;
    private Device _alice = null!;
    private Device _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await InProcessServer.StartAsync();
        _alice = await _server.ConnectUserAsync("alice");
        _bob = await _server.ConnectUserAsync("bob");
    }

    public async ValueTask DisposeAsync()
    {
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("withdrawn", 90)]
    [InlineData("expired", 120)]
    [InlineData("accepted", 90)]
    public async Task A_request_is_removed_90_days_after_its_end(string how, int days)
    {
        var id = (await _alice.RequestAsync(_bob, "Hello, once")).Request.RequestId;
        if (how == "withdrawn")
            await _alice.WithdrawAsync(id);
        if (how == "accepted")
            await _bob.AcceptAsync(id);

        await PassAsync(TimeSpan.FromDays(days) - TimeSpan.FromMinutes(1));
        Assert.Equal("Hello, once", (await _alice.Hub.GetRequest(new() { RequestId = id })).Text);
        await PassAsync(TimeSpan.FromMinutes(2));

        foreach (var device in new[] { _alice, _bob })
            await Wire.RefusedAsync(ErrorCodes.RequestNotFound, device.Hub.GetRequest(new() { RequestId = id }));
        Assert.Empty((await _alice.Hub.ListRequests(new() { Direction = RequestDirection.Outgoing, State = RequestFilter.All })).Items);
        Assert.Empty((await _bob.Hub.ListRequests(new() { Direction = RequestDirection.Incoming, State = RequestFilter.All })).Items);
        Assert.Equal([0L], await _server.Database.ListAsync<long>("SELECT COUNT(*) FROM requests"));
    }

    [Fact]
    public async Task The_chat_that_an_acceptance_opened_stays()
    {
        var accepted = await _bob.AcceptAsync((await _alice.RequestAsync(_bob, "Hello, once")).Request.RequestId);
        await PassAsync(TimeSpan.FromDays(91));

        Assert.Equal("Hello, once", (await _bob.MessageAsync(accepted.Conversation.ConversationId, 1)).Text);
        await _alice.SayAsync(accepted.Conversation.ConversationId, "Still here");
        await Wire.RefusedAsync(ErrorCodes.AlreadyConnected, _alice.RequestAsync(_bob));
    }

    [Fact]
    public async Task Removed_requests_count_in_the_context_of_the_next_one_for_a_year()
    {
        await _alice.WithdrawAsync((await _alice.RequestAsync(_bob)).Request.RequestId);
        await PassAsync(TimeSpan.FromDays(364));
        Assert.Equal([0L], await _server.Database.ListAsync<long>("SELECT COUNT(*) FROM requests"));
        var id = (await _alice.RequestAsync(_bob)).Request.RequestId;
        Assert.Equal(1, (await _bob.Hub.GetRequest(new() { RequestId = id })).Context!.EarlierRequests);

        await PassAsync(TimeSpan.FromDays(2));
        Assert.Equal(0, (await _bob.Hub.GetRequest(new() { RequestId = id })).Context!.EarlierRequests);
        Assert.Equal([0L], await _server.Database.ListAsync<long>("SELECT COUNT(*) FROM past_requests"));
    }

    [Fact]
    public async Task A_client_whose_state_may_hold_a_removed_request_is_reset_and_a_later_one_is_not()
    {
        var id = (await _alice.RequestAsync(_bob)).Request.RequestId;
        var before = await _bob.VersionAsync();
        await _alice.WithdrawAsync(id);
        var after = await _bob.VersionAsync();
        Assert.Equal([id], (await _bob.Hub.Sync(new() { After = before })).RemovedRequestIds);

        await PassAsync(TimeSpan.FromDays(91));

        Assert.True((await _bob.Hub.Sync(new() { After = before })).Reset);
        Assert.False((await _bob.Hub.Sync(new() { After = after })).Reset);
        Assert.False((await _bob.Hub.Sync(new() { After = 0 })).Reset);
    }

    private async Task PassAsync(TimeSpan time)
    {
        await _server.Time.TimerSetAsync(Sweep).SoonAsync();
        _server.Time.Advance(time);
        await _server.Time.TimerSetAsync(Sweep).SoonAsync();
    }
}
