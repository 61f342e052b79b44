using ChatHub.Contracts;
using ChatHub.Tests.Hubs;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Requests;

/// <summary>The recipient's folders: main, filtered and deleted, and the ways between them.</summary>
public sealed class FolderTests : IAsyncLifetime
{
    private const int Received = 2;
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private InProcessServer _server = null!;
    private TwoDevices _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await InProcessServer.StartAsync(("Messaging:RequestsReceivedPerDay", $"{Received}"));
        _bob = await TwoDevices.ConnectAsync(_server, "bob");
    }

    public async ValueTask DisposeAsync()
    {
        await _bob.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Beyond_what_one_recipient_receives_in_a_day_requests_are_filtered_silently()
    {
        var (_, first) = await AskAsync();
        Assert.Equal(RequestFolder.Main, (await _bob.ReceiveAsync<RequestReceived>()).Request.Folder);
        await AskAsync();
        await _bob.ReceiveAsync<RequestReceived>();

        var (carol, third) = await AskAsync();
        var received = await _bob.ReceiveAsync<RequestReceived>();
        Assert.Equal((third, RequestFolder.Filtered), (received.Request.RequestId, received.Request.Folder));
        Assert.Equal(new() { PendingRequests = 2, FilteredRequests = 1 }, received.Badges);

        // Its sender sees nothing of it.
        var sent = await carol.Hub.GetRequest(new() { RequestId = third });
        Assert.Equal((RequestState.Pending, (RequestFolder?)null), (sent.State, sent.Folder));

        Assert.Equal([third], await ListAsync(RequestFolder.Filtered));
        Assert.Equal(2, (await ListAsync(RequestFolder.Main)).Count);
        Assert.Equal([third], (await _bob.Phone.Hub.ListRequests(new() { Direction = RequestDirection.Incoming, State = RequestFilter.All, Limit = 1 })).Items.Select(r => r.RequestId));
        Assert.Equal(3, (await _bob.Phone.Hub.ListRequests(new() { Direction = RequestDirection.Incoming, State = RequestFilter.All })).Items.Count);
        Assert.Equal(RequestFolder.Filtered, (await _bob.Phone.Hub.GetRequest(new() { RequestId = third })).Folder);

        // What was filtered does not count, and with the day the count ends.
        _server.Time.Advance(Day);
        var (_, fourth) = await AskAsync();
        received = await _bob.ReceiveAsync<RequestReceived>();
        Assert.Equal((fourth, RequestFolder.Main), (received.Request.RequestId, received.Request.Folder));
        Assert.Contains(first, await ListAsync(RequestFolder.Main));
    }

    [Fact]
    public async Task New_accounts_and_the_others_are_counted_apart()
    {
        for (var i = 0; i < Received + 1; i++)
            await (await _server.ConnectAsync("new")).RequestAsync(_bob.Phone);
        Assert.Equal(new() { PendingRequests = 2, FilteredRequests = 1 }, (await _bob.Phone.Hub.GetMe(new())).Badges);
        var month = TimeSpan.FromDays(30);
        await BringAsync(month - TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, (await ListAsync(RequestFolder.Filtered)).Count);
        await BringAsync(month);
        await BringAsync(null);
        Assert.Equal(4, (await ListAsync(RequestFolder.Main)).Count);
        await BringAsync(null);
        Assert.Equal(3, (await ListAsync(RequestFolder.Filtered)).Count);
    }

    [Fact]
    public async Task Deleted_request_is_in_its_folder_and_can_be_restored()
    {
        var (alice, id) = await AskAsync();
        await _bob.ReceiveAsync<RequestReceived>();
        var removed = await _bob.ChangeAsync(hub => hub.DeleteRequest(new() { RequestId = id }));
        Assert.Equal(0, removed.Badges.PendingRequests);
        Assert.Equal([id], await ListAsync(RequestFolder.Deleted));
        Assert.Equal(RequestFolder.Deleted, (await _bob.Phone.Hub.GetRequest(new() { RequestId = id })).Folder);
        Assert.Empty(await ListAsync(RequestFolder.Main));
        Assert.Empty((await _bob.Phone.Hub.ListRequests(new() { Direction = RequestDirection.Incoming, State = RequestFilter.All })).Items);
        await Wire.RefusedAsync(ErrorCodes.RequestClosed, _bob.Phone.AcceptAsync(id));
        Assert.Equal(id, (await _bob.RepeatAsync(hub => hub.DeleteRequest(new() { RequestId = id }))).RequestId);

        var restored = await _bob.ChangeAsync(hub => hub.RestoreRequest(new() { RequestId = id }));
        Assert.Equal((id, RequestFolder.Main, 1), (restored.Request.RequestId, restored.Request.Folder, restored.Badges.PendingRequests));
        Assert.Equal([id], await ListAsync(RequestFolder.Main));
        await _bob.RepeatAsync(hub => hub.RestoreRequest(new() { RequestId = id }));
        await alice.ReceivedNothingElseAsync();

        // It does not count as turned down any more: after a withdrawal the next one arrives.
        await alice.WithdrawAsync(id);
        await _bob.ReceiveAsync<RequestRemoved>();
        _server.Time.Advance(Day);
        var again = await alice.RequestAsync(_bob.Phone);
        Assert.Equal(again.Request.RequestId, (await _bob.ReceiveAsync<RequestReceived>()).Request.RequestId);
    }

    [Fact]
    public async Task A_filtered_request_is_restored_to_filtered()
    {
        await AskAsync();
        await AskAsync();
        var (_, id) = await AskAsync();
        await DrainAsync(3);
        var removed = await _bob.ChangeAsync(hub => hub.DeleteRequest(new() { RequestId = id }));
        Assert.Equal((2, 0), (removed.Badges.PendingRequests, removed.Badges.FilteredRequests));
        var restored = await _bob.ChangeAsync(hub => hub.RestoreRequest(new() { RequestId = id }));
        Assert.Equal((RequestFolder.Filtered, 1), (restored.Request.Folder, restored.Badges.FilteredRequests));
        var accepted = await _bob.ChangeAsync(hub => hub.AcceptRequest(new() { RequestId = id }));
        Assert.Equal(((RequestFolder?)null, 0), (accepted.Request.Folder, accepted.Badges.FilteredRequests));
    }

    [Fact]
    public async Task Restore_of_an_ended_or_accepted_request_or_a_blocked_senders_is_refused()
    {
        var (alice, withdrawn) = await AskAsync();
        await _bob.Phone.DeleteAsync(withdrawn);
        await alice.WithdrawAsync(withdrawn);
        await Wire.RefusedAsync(ErrorCodes.RequestClosed, RestoreAsync(withdrawn));
        await Wire.RefusedAsync(ErrorCodes.RequestNotFound, _bob.Phone.Hub.GetRequest(new() { RequestId = withdrawn }));

        var (carol, blocked) = await AskAsync();
        await _bob.Phone.BlockAsync(carol);
        Assert.Equal([blocked], await ListAsync(RequestFolder.Deleted));
        await Wire.RefusedAsync(ErrorCodes.YouBlockedUser, RestoreAsync(blocked));
        await _bob.Phone.UnblockAsync(carol);
        Assert.Equal(RequestFolder.Main, (await RestoreAsync(blocked)).Request.Folder);

        await _bob.Phone.AcceptAsync(blocked);
        await Wire.RefusedAsync(ErrorCodes.RequestNotFound, RestoreAsync(blocked));
        await Wire.RefusedAsync(ErrorCodes.RequestNotFound, carol.Hub.RestoreRequest(new() { RequestId = blocked }));

        // Suppressed: to its recipient there is no such request.
        _server.Time.Advance(Day);
        var suppressed = (await alice.RequestAsync(_bob.Phone)).Request.RequestId;
        await Wire.RefusedAsync(ErrorCodes.RequestNotFound, RestoreAsync(suppressed));
        Assert.Empty(await ListAsync(RequestFolder.Deleted));

        var (_, expired) = await AskAsync();
        await _bob.Phone.DeleteAsync(expired);
        _server.Time.Advance(TimeSpan.FromDays(30));
        Assert.Empty(await ListAsync(RequestFolder.Deleted));
        await Wire.RefusedAsync(ErrorCodes.RequestClosed, RestoreAsync(expired));
    }

    [Fact]
    public async Task A_request_crosses_one_in_any_folder()
    {
        var (alice, deleted) = await AskAsync();
        await _bob.Phone.DeleteAsync(deleted);
        await AskAsync();
        var (carol, filtered) = await AskAsync();

        var toAlice = await _bob.Phone.RequestAsync(alice);
        Assert.Equal((deleted, RequestState.Accepted), (toAlice.AcceptedRequest?.RequestId, toAlice.Request.State));
        var toCarol = await _bob.Phone.RequestAsync(carol);
        Assert.Equal((filtered, 0), (toCarol.AcceptedRequest?.RequestId, toCarol.Badges.FilteredRequests));
        Assert.Equal(1, toCarol.Badges.PendingRequests);
    }

    [Fact]
    public async Task Many_are_deleted_at_once_as_one_change()
    {
        var main = new List<string> { (await AskAsync()).Id, (await AskAsync()).Id };
        var filtered = (await AskAsync()).Id;
        var (_, elsewhere) = await AskAsync(await _server.ConnectUserAsync("elsewhere"));
        await DrainAsync(3);

        var removed = await _bob.ChangeAsync(hub => hub.DeleteRequests(new() { RequestIds = [main[0], "none", elsewhere, filtered, main[0]] }));
        Assert.Equal([filtered, main[0]], removed.RequestIds);
        Assert.Equal((1, 0), (removed.Badges.PendingRequests, removed.Badges.FilteredRequests));
        Assert.Equal([filtered, main[0]], await ListAsync(RequestFolder.Deleted));
        var again = await _bob.RepeatAsync(hub => hub.DeleteRequests(new() { RequestIds = [main[0], filtered] }));
        Assert.Empty(again.RequestIds);

        // Each counts as turned down, and a device that was away finds them by Sync, however small its pages are.
        var page = await _bob.Phone.Hub.Sync(new() { After = removed.Version - 1, Limit = 1 });
        Assert.Equal(removed.RequestIds.Order(), page.RemovedRequestIds.Order());
        Assert.Equal(removed.Version, page.Version);
    }

    [Fact]
    public async Task A_folder_is_deleted_up_to_a_request_the_newer_ones_stay()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await AskAsync()).Id);
            if (i == 2)
                _server.Time.Advance(Day);
        }

        await DrainAsync(5);
        // 0, 1, 3 and 4 lie in main, 2 in filtered.
        var removed = await _bob.ChangeAsync(hub => hub.DeleteRequests(new() { Folder = RequestFolder.Main, UpToRequestId = ids[3] }));
        Assert.Equal([ids[3], ids[1], ids[0]], removed.RequestIds);
        Assert.Equal([ids[4]], await ListAsync(RequestFolder.Main));
        Assert.Equal([ids[2]], await ListAsync(RequestFolder.Filtered));
        await _bob.RepeatAsync(hub => hub.DeleteRequests(new() { Folder = RequestFolder.Main, UpToRequestId = ids[3] }));

        var rest = await _bob.ChangeAsync(hub => hub.DeleteRequests(new() { Folder = RequestFolder.Filtered, UpToRequestId = ids[4] }));
        Assert.Equal([ids[2]], rest.RequestIds);
        await Wire.RefusedAsync(ErrorCodes.RequestNotFound, _bob.Phone.Hub.DeleteRequests(new() { Folder = RequestFolder.Main, UpToRequestId = "none" }));
    }

    [Fact]
    public async Task A_call_deletes_1000_and_the_next_one_the_rest()
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "The crowd is made by SQLite's SQL.");
        const int count = 1_203;
        var (_, newest) = await AskAsync();
        await DrainAsync(1);
        await _server.Database.ExecuteAsync(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @more)
            INSERT INTO users (user_id, username, username_key, display_name, created_at) SELECT 'crowd-' || i, 'crowd-' || i, 'crowd-' || i, 'Crowd', 0 FROM n
            """,
            new { more = count - 1 });
        await _server.Database.ExecuteAsync(
            """
            INSERT INTO requests (request_key, request_id, sender_key, recipient_key, client_id, text, sent_at, expires_at, state, counted, entry, arrived_in, sender_version, recipient_version)
            SELECT -u.user_key, 'r-' || u.user_id, u.user_key, r.recipient_key, 'c', 'Hello?', r.sent_at, r.expires_at, 0, 1, 0, 0, 1, 1
            FROM users u JOIN requests r ON r.request_id = @newest WHERE u.user_id LIKE 'crowd-%'
            """,
            new { newest });
        await _server.Database.ExecuteAsync("UPDATE inboxes SET pending_requests = @count WHERE user_key = (SELECT user_key FROM users WHERE user_id = @id)", new { count, id = _bob.Id });

        var input = new DeleteRequestsInput { Folder = RequestFolder.Main, UpToRequestId = newest };
        var first = await _bob.ChangeAsync(hub => hub.DeleteRequests(input));
        Assert.Equal((1_000, newest, count - 1_000), (first.RequestIds.Count, first.RequestIds[0], (int)first.Badges.PendingRequests));
        var second = await _bob.ChangeAsync(hub => hub.DeleteRequests(input));
        Assert.Equal((count - 1_000, 0), (second.RequestIds.Count, (int)second.Badges.PendingRequests));
        Assert.Equal(count, first.RequestIds.Concat(second.RequestIds).Distinct().Count());

        // A page of Sync never splits a version.
        var page = await _bob.Phone.Hub.Sync(new() { After = first.Version - 1, Limit = 10 });
        Assert.Equal((first.Version, true, 1_000), (page.Version, page.HasMore, page.RemovedRequestIds.Count));
        var rest = await _bob.Phone.Hub.Sync(new() { After = page.Version, Limit = 10 });
        Assert.Equal((second.Version, false, count - 1_000), (rest.Version, rest.HasMore, rest.RemovedRequestIds.Count));
    }

    [Fact]
    public async Task Arguments_that_fit_no_form_are_refused()
    {
        var hub = _bob.Phone.Hub;
        foreach (var input in (DeleteRequestsInput[])
        [
            new(), new() { RequestIds = [] }, new() { RequestIds = [.. Enumerable.Repeat("r", 101)] }, new() { RequestIds = ["r"], Folder = RequestFolder.Main },
            new() { RequestIds = ["r"], UpToRequestId = "r" }, new() { Folder = RequestFolder.Main }, new() { UpToRequestId = "r" },
            new() { Folder = RequestFolder.Deleted, UpToRequestId = "r" }, new() { RequestIds = [null!] },
        ])
            await Wire.RefusedAsync(ErrorCodes.InvalidArgument, hub.DeleteRequests(input));

        foreach (var input in (ListRequestsInput[])
        [
            new() { Direction = RequestDirection.Outgoing, Folder = RequestFolder.Main },
            new() { Direction = RequestDirection.Incoming, State = RequestFilter.All, Folder = RequestFolder.Main },
            new() { Direction = RequestDirection.Incoming, State = RequestFilter.Accepted, Folder = RequestFolder.Filtered },
        ])
            await Wire.RefusedAsync(ErrorCodes.InvalidArgument, hub.ListRequests(input));
    }

    private async Task<(Device Sender, string Id)> AskAsync(Device? recipient = null)
    {
        var sender = await _server.ConnectUserAsync("sender");
        return (sender, (await sender.RequestAsync(recipient ?? _bob.Phone)).Request.RequestId);
    }

    private async Task BringAsync(TimeSpan? age)
    {
        var account = await Account.BringAsync(_server, new()
        {
            Username = Account.UniqueName("brought"),
            DisplayName = "Brought",
            CreatedAt = age is { } ago ? _server.Time.GetUtcNow() - ago : null,
        });
        await (await account.ConnectAsync()).RequestAsync(_bob.Phone);
    }

    /// <summary>What both devices have received, so many requests.</summary>
    private async Task DrainAsync(int received)
    {
        for (var i = 0; i < received; i++)
            await _bob.ReceiveEachAsync<RequestReceived>();
    }

    private async Task<IReadOnlyList<string>> ListAsync(RequestFolder folder) =>
        [.. (await _bob.Phone.Hub.ListRequests(new() { Direction = RequestDirection.Incoming, Folder = folder })).Items.Select(request => request.RequestId)];

    private Task<RequestRestored> RestoreAsync(string id) => _bob.Phone.Hub.RestoreRequest(new() { RequestId = id });
}
