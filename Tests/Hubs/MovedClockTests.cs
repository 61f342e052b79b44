using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hubs;

/// <summary>What time does to requests: expiry, the daily limit, what follows a deletion.</summary>
public sealed class MovedClockTests : IAsyncLifetime
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private InProcessServer _server = null!;
    private Device _alice = null!;
    private Device _bob = null!;

    private ManualTime Time => _server.Time;

    public async ValueTask InitializeAsync()
    {
        _server = await InProcessServer.StartAsync(("Messaging:RequestsPerDay", "3"));
        _alice = await _server.ConnectAsync("alice");
        _bob = await _server.ConnectAsync("bob");
        await Time.TimerSetAsync(Sweep).SoonAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Request_expires_after_30_days_with_an_event_for_both_within_a_minute()
    {
        var id = await AskedAsync();
        Time.Advance(Lifetime - Moment);
        Assert.Equal(RequestState.Pending, (await _bob.Hub.GetRequest(new() { RequestId = id })).State);
        await Time.TimerSetAsync(Sweep).SoonAsync();

        Time.Advance(Sweep);

        var expired = await _alice.NextAsync<RequestChanged>();
        Assert.Equal((id, RequestState.Expired), (expired.Request.RequestId, expired.Request.State));
        var removed = await _bob.NextAsync<RequestRemoved>();
        Assert.Equal((id, 0), (removed.RequestId, removed.Badges.PendingRequests));
        Assert.Equal((2, 2), (expired.Version, removed.Version));
    }

    [Fact]
    public async Task Opening_time_of_a_chat_is_each_sides_own()
    {
        await _alice.Hub.Follow(new() { UserId = _bob.Id });
        await _bob.Hub.Follow(new() { UserId = _alice.Id });
        var first = (await _alice.Hub.OpenConversation(new() { UserId = _bob.Id })).Conversation;
        Time.Advance(TimeSpan.FromHours(1));
        var second = (await _bob.Hub.OpenConversation(new() { UserId = _alice.Id })).Conversation;
        Assert.Equal(Time.GetUtcNow().ToUnixTimeMilliseconds(), second.OpenedAt.ToUnixTimeMilliseconds());
        Assert.Equal(TimeSpan.FromHours(1), second.OpenedAt - first.OpenedAt);

        // Message 1 moves neither, and who gets it without having opened has the chat from then on.
        Time.Advance(TimeSpan.FromHours(1));
        await _bob.SayAsync(second.ConversationId, "Ahoy");
        Assert.Equal(first.OpenedAt, (await _alice.Hub.GetConversation(new() { ConversationId = first.ConversationId })).OpenedAt);
        Assert.Equal(second.OpenedAt, (await _bob.Hub.GetConversation(new() { ConversationId = first.ConversationId })).OpenedAt);
    }

    [Fact]
    public async Task Opened_chat_appears_for_the_peer_with_its_first_message()
    {
        await _bob.Hub.Follow(new() { UserId = _alice.Id });
        var opened = (await _alice.Hub.OpenConversation(new() { UserId = _bob.Id })).Conversation;
        Time.Advance(TimeSpan.FromHours(1));
        await _alice.SayAsync(opened.ConversationId, "Ahoy");
        Assert.Equal(TimeSpan.FromHours(1), (await _bob.NextAsync<MessageReceived>()).Conversation!.OpenedAt - opened.OpenedAt);
    }

    [Fact]
    public async Task Reads_treat_an_expired_request_as_expired_at_once()
    {
        var id = await AskedAsync();

        Time.Advance(Lifetime);

        await Wire.RefusedAsync(ErrorCodes.RequestNotFound, _bob.Hub.GetRequest(new() { RequestId = id }));
        Assert.Empty((await _bob.Hub.ListRequests(new() { Direction = RequestDirection.Incoming, State = RequestFilter.All })).Items);
        Assert.Equal(RequestState.Expired, (await _alice.Hub.GetRequest(new() { RequestId = id })).State);
        Assert.Empty((await _alice.Hub.ListRequests(new() { Direction = RequestDirection.Outgoing, State = RequestFilter.Pending })).Items);
        Assert.Equal(RequestState.Expired, Assert.Single((await _alice.Hub.ListRequests(new() { Direction = RequestDirection.Outgoing })).Items).State);
        Assert.Equal(ButtonState.Request, (await _alice.Hub.GetProfile(new() { UserId = _bob.Id })).MessageButton.State);
        Assert.Equal(ButtonState.Request, (await _bob.Hub.GetProfile(new() { UserId = _alice.Id })).MessageButton.State);
    }

    [Fact]
    public async Task An_expired_request_can_neither_be_accepted_nor_withdrawn()
    {
        var id = await AskedAsync();
        Time.Advance(Lifetime);

        await Wire.RefusedAsync(ErrorCodes.RequestClosed, _bob.AcceptAsync(id));
        await Wire.RefusedAsync(ErrorCodes.RequestClosed, _alice.Hub.WithdrawRequest(new() { RequestId = id }));
    }

    [Fact]
    public async Task An_expired_request_neither_holds_its_slot_nor_crosses()
    {
        await AskedAsync();
        Time.Advance(Lifetime);

        Assert.Equal(RequestState.Pending, (await _bob.RequestAsync(_alice)).Request.State);
        await using var carol = await _server.ConnectAsync("carol");
        await carol.RequestAsync(_bob);
        Time.Advance(Lifetime);
        Assert.Equal(RequestState.Pending, (await carol.RequestAsync(_bob)).Request.State);
    }

    [Fact]
    public async Task Deleted_request_reads_pending_until_it_expires_and_then_leaves_its_folder()
    {
        var id = await AskedAsync();
        await _bob.Hub.DeleteRequest(new() { RequestId = id });
        Time.Advance(Lifetime - Moment);
        Assert.Equal(RequestState.Pending, (await _alice.Hub.GetRequest(new() { RequestId = id })).State);
        await Time.TimerSetAsync(Sweep).SoonAsync();

        Time.Advance(Sweep);

        Assert.Equal(RequestState.Expired, (await _alice.NextAsync<RequestChanged>()).Request.State);
        Assert.Equal(id, (await _bob.NextAsync<RequestRemoved>()).RequestId);
        await _bob.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task Request_within_30_days_of_a_deletion_is_suppressed()
    {
        var id = await AskedAsync();
        await _bob.Hub.DeleteRequest(new() { RequestId = id });
        await _alice.Hub.WithdrawRequest(new() { RequestId = id });
        Assert.Equal(id, (await _bob.NextAsync<RequestRemoved>()).RequestId);
        Time.Advance(Lifetime - Moment);

        var suppressed = await _alice.RequestAsync(_bob, "Me again");

        Assert.Equal(RequestState.Pending, suppressed.Request.State);
        Assert.Equal(new() { State = ButtonState.Pending, RequestId = suppressed.Request.RequestId }, (await _alice.Hub.GetProfile(new() { UserId = _bob.Id })).MessageButton);
        await _bob.ReceivedNothingElseAsync();
        Assert.Empty((await _bob.Hub.ListRequests(new() { Direction = RequestDirection.Incoming, State = RequestFilter.All })).Items);
        await Wire.RefusedAsync(ErrorCodes.RequestNotFound, _bob.Hub.GetRequest(new() { RequestId = suppressed.Request.RequestId }));
        await Wire.RefusedAsync(ErrorCodes.RequestNotFound, _bob.AcceptAsync(suppressed.Request.RequestId));
        await Wire.RefusedAsync(ErrorCodes.RequestNotFound, _bob.Hub.DeleteRequest(new() { RequestId = suppressed.Request.RequestId }));
        Assert.Empty((await _bob.Hub.Sync(new() { After = 0 })).Requests);

        // A suppressed request starts no new 30 days: 30 days after the recipient's deletion, a request arrives again.
        await _alice.Hub.WithdrawRequest(new() { RequestId = suppressed.Request.RequestId });
        await _bob.ReceivedNothingElseAsync();
        Time.Advance(Day);
        await _alice.RequestAsync(_bob, "And again");
        Assert.Equal("And again", (await _bob.NextAsync<RequestReceived>()).Request.Text);
    }

    [Fact]
    public async Task Daily_limit_counts_any_24_hours_and_withdrawals_too()
    {
        var others = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _server.ConnectAsync("other")));
        var first = await _alice.RequestAsync(others[0]);
        await _alice.Hub.WithdrawRequest(new() { RequestId = first.Request.RequestId });
        Time.Advance(TimeSpan.FromHours(1));
        await _alice.RequestAsync(others[1]);
        await _alice.RequestAsync(others[2]);
        Assert.Equal(0, (await _alice.Hub.GetMe(new())).RequestsLeftToday);

        var refused = await Wire.RefusedAsync(ErrorCodes.RequestLimitReached, _alice.RequestAsync(others[3]));
        Assert.Equal(TimeSpan.FromHours(23), refused.RetryAfter);
        await Wire.RefusedAsync(ErrorCodes.RequestPending, _alice.RequestAsync(others[1]));

        Time.Advance(TimeSpan.FromHours(23) - Moment);
        Assert.Equal(TimeSpan.FromSeconds(1), (await Wire.RefusedAsync(ErrorCodes.RequestLimitReached, _alice.RequestAsync(others[3]))).RetryAfter);
        Time.Advance(Moment);
        Assert.Equal(RequestState.Pending, (await _alice.RequestAsync(others[3])).Request.State);
        foreach (var other in others)
            await other.DisposeAsync();
    }

    [Fact]
    public async Task Crossing_and_direct_opening_work_without_allowance()
    {
        var others = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _server.ConnectAsync("other")));
        foreach (var other in others.Take(3))
            await _alice.RequestAsync(other);
        await _bob.RequestAsync(_alice);
        await others[3].Hub.Follow(new() { UserId = _alice.Id });

        Assert.Equal(RequestState.Accepted, (await _alice.RequestAsync(_bob)).Request.State);
        Assert.Equal(RequestState.Accepted, (await _alice.RequestAsync(others[3])).Request.State);
        foreach (var other in others)
            await other.DisposeAsync();
    }

    [Fact]
    public async Task Message_that_is_sent_again_by_a_clock_that_was_set_back_over_midnight_is_one_message()
    {
        var chat = (await _bob.AcceptAsync(await AskedAsync())).Conversation.ConversationId;
        var midnight = new DateTimeOffset(Time.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        Time.Advance(midnight - Time.GetUtcNow() + Moment);
        var first = await _alice.SayAsync(chat, "Once", "once");
        Time.Advance(-2 * Moment);

        var again = await _alice.SayAsync(chat, "Once", "once");

        Assert.Equal((0, first.Message.Seq), (again.Version, again.Message.Seq));
    }

    private async Task<string> AskedAsync()
    {
        var sent = await _alice.RequestAsync(_bob);
        await _bob.NextAsync<RequestReceived>();
        return sent.Request.RequestId;
    }
}
