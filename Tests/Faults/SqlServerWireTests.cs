using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Storage;
using ChatHub.Tests.Tds;
using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>What callers see of SQL Server: a commit that broke is settled by the clientId, and a message costs few round trips.</summary>
public sealed class SqlServerWireTests : IAsyncDisposable
{
    private readonly SqlServerTestDatabase _database = new();
    private readonly TdsProxy _proxy;

    public SqlServerWireTests() => _proxy = new(SqlServerTestDatabase.Server.Host, SqlServerTestDatabase.Server.Port);

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _database.DropAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_whose_commit_broke_is_settled_by_its_clientId(bool carriedOut)
    {
        await using var server = await StartAsync();
        await using var chat = await server.OpenChatAsync();
        var messages = 0;
        _proxy.On(
            request => IsMessage(request) ? Interlocked.Increment(ref messages) < 0 : messages == 1 && IsCommit(request),
            carriedOut ? TdsAction.CutAfterwards() : TdsAction.Cut(),
            times: 1);

        await Wire.RefusedAsync(ErrorCodes.InternalError, chat.Alice.SayAsync(chat.Id, "Once", "the-one"));
        var again = await chat.Alice.SayAsync(chat.Id, "Once", "the-one");

        Assert.Equal(2, again.Message.Seq);
        // 0 says that the first call had been carried out.
        Assert.Equal(carriedOut, again.Version == 0);
        Assert.Equal(2, (await chat.Alice.Hub.GetConversation(new() { ConversationId = chat.Id })).LastSeq);
        Assert.Equal([2L], await _database.ListAsync<long>("SELECT seq FROM messages WHERE client_id = 'the-one'"));
    }

    [Fact]
    public async Task A_message_takes_seven_round_trips()
    {
        await using var server = await StartAsync();
        await using var chat = await server.OpenChatAsync();
        await chat.Alice.SayAsync(chat.Id, "The first pays for the connection");

        await chat.Alice.SayAsync(chat.Id, "The second");

        var requests = _proxy.Requests.ToList();
        var insert = requests.FindLastIndex(IsMessage);
        var mine = requests.Select((request, at) => (request, at)).Where(one => one.request.Connection == requests[insert].Connection).ToList();
        var begin = mine.FindLastIndex(one => one.at < insert && one.request.Contains("BEGIN TRANSACTION"));
        var commit = mine.FindIndex(one => one.at > insert && IsCommit(one.request));
        // Begin, lock, facts, the key, both versions, the message and its counters, commit. There were 14.
        Assert.Equal(7, commit - begin + 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_page_of_Sync_that_a_message_overtakes_is_read_again_and_complete(bool versioned)
    {
        if (!versioned)
            _proxy.On(request => request.Contains("is_read_committed_snapshot_on"), TdsAction.Rewrite(_ => "SELECT 0"));
        await using var server = await StartAsync();
        await using var chat = await server.OpenChatAsync();
        await chat.Bob.SayAsync(chat.Id, "Before");
        var version = await chat.Alice.VersionAsync();
        var release = new TaskCompletionSource();
        // Sync has read the user's row, and not yet what was stamped up to it.
        var held = _proxy.On(request => request.Contains("me.quiet_version IS NULL AND me.active_version > @after"), TdsAction.HoldUntil(release.Task), times: 1);

        var sync = chat.Alice.Hub.Sync(new() { After = 0 });
        await held.Used.SoonAsync();
        await chat.Bob.SayAsync(chat.Id, "Overtaking");
        release.SetResult();

        var page = await sync;
        Assert.Equal((version + 1, false), (page.Version, page.HasMore));
        var listed = Assert.Single(page.Conversations);
        Assert.Equal((3, "Overtaking"), (listed.LastSeq, listed.LastMessage!.Text));
    }

    [Fact]
    public async Task An_id_with_spaces_at_its_end_is_not_found()
    {
        await using var server = await StartAsync();
        await using var chat = await server.OpenChatAsync();
        var (user, moderator) = (chat.Alice.Id, await server.ModeratorAsync());

        foreach (var method in (string[])["PUT", "DELETE"])
            Assert.Equal(404, (int)(await server.HttpAsync(method, $"/api/moderation/bans/{user}%20", moderator, new BanInput())).Status);
        Assert.False((await chat.Alice.Hub.GetMe(new())).IsBanned);
        Assert.Equal(404, (int)(await server.HttpAsync("DELETE", $"/api/directory/users/{user}%20", Credentials.Service)).Status);
        Assert.Equal(404, (int)(await server.HttpAsync("PUT", $"/api/directory/users/{user}/follows/{chat.Bob.Id}%20", Credentials.Service)).Status);
        await Wire.RefusedAsync(ErrorCodes.RequestNotFound, chat.Bob.Hub.GetRequest(new() { RequestId = chat.RequestId + " " }));
        await Wire.RefusedAsync(ErrorCodes.ConversationNotFound, chat.Bob.SayAsync(chat.Id + " ", "Hello"));
        await Wire.RefusedAsync(ErrorCodes.UserNotFound, chat.Bob.Hub.Block(new() { UserId = user + " " }));
    }

    [Fact]
    public async Task Reports_are_committed_in_the_order_of_their_keys()
    {
        await using var server = await StartAsync();
        await using var chat = await server.OpenChatAsync();
        // Of no user of the first report, so that no user's row orders the two.
        await using var other = await server.OpenChatAsync();
        var reporting = 0;
        var release = new TaskCompletionSource();
        var held = _proxy.On(
            request =>
            {
                if (IsReport(request))
                    Interlocked.CompareExchange(ref reporting, request.Connection, 0);
                return request.Connection == reporting && IsCommit(request);
            },
            TdsAction.HoldUntil(release.Task),
            times: 1);
        var first = chat.Alice.Hub.Report(new() { UserId = chat.Bob.Id, Reason = ReportReason.Spam });
        await held.Used.SoonAsync();
        var waits = _proxy.On(request => request.Contains("sp_getapplock"), TdsAction.HoldUntil(Task.CompletedTask), times: 1);

        var second = other.Bob.Hub.Report(new() { UserId = other.Alice.Id, Reason = ReportReason.Spam });
        await waits.Used.SoonAsync();
        // The second has no key yet: no page of the queue can hold it and not the first.
        Assert.Single(_proxy.Requests, IsReport);
        release.SetResult();

        string[] ids = [(await first).ReportId, (await second).ReportId];
        Assert.Equal(ids, await _database.ListAsync<string>("SELECT report_id FROM reports ORDER BY report_key"));
    }

    [Fact]
    public async Task Everything_that_a_story_sends_is_T_SQL()
    {
        await using var server = await StartAsync();
        await using var chat = await server.OpenChatAsync();
        var said = await chat.Alice.SayAsync(chat.Id, "Hello");
        await chat.Bob.SeeAsync(chat.Id, said.Message.Seq);
        await chat.Bob.Hub.SearchUsers(new() { Query = chat.Alice.Account.Username });
        await chat.Bob.Hub.Follow(new() { UserId = chat.Alice.Id });
        await chat.Bob.Hub.Report(new() { UserId = chat.Alice.Id, Reason = ReportReason.Spam, ConversationId = chat.Id, Seqs = [1, 2] });
        await ChangeAsync(chat, said.Message.Seq);
        await chat.Bob.Hub.Block(new() { UserId = chat.Alice.Id });
        await chat.Bob.Hub.Sync(new() { After = 0 });
        foreach (var list in (string[])["/reports", "/reports?state=resolved", "/audit"])
            Assert.Equal(200, (int)(await server.HttpAsync("GET", $"/api/moderation{list}", await server.ModeratorAsync())).Status);
        await server.BanAsync(chat.Alice, hours: 1);
        await server.EraseAsync(chat.Alice);

        var statements = _proxy.Requests.Where(request => request.Type is TdsMessageType.SqlBatch or TdsMessageType.Rpc).Select(request => request.Text).Distinct().ToList();
        Assert.InRange(statements.Count, 50, int.MaxValue);
        Assert.Empty(statements.SelectMany(SqlServerSyntaxTests.Errors));
    }

    private static async Task ChangeAsync(Chat chat, long seq)
    {
        await chat.Alice.Hub.EditMessage(new() { ConversationId = chat.Id, Seq = seq, Text = "Hello again" });
        await chat.Bob.Hub.React(new() { ConversationId = chat.Id, Seq = seq, Emoji = "👍" });
        await chat.Bob.Hub.GetMessages(new() { ConversationId = chat.Id, ChangedAfter = 0 });
        await chat.Alice.Hub.RemoveMessage(new() { ConversationId = chat.Id, Seq = seq });
        await chat.Bob.Hub.UpdateConversation(new() { ConversationId = chat.Id, IsPinned = true });
        await chat.Bob.Hub.ListConversations(new());
        await chat.Bob.Hub.UpdateConversation(new() { ConversationId = chat.Id, IsArchived = true });
        await chat.Bob.Hub.ListConversations(new() { Archived = true });
        await chat.Bob.Hub.ClearConversation(new() { ConversationId = chat.Id, UpToSeq = seq });
        foreach (var folder in Enum.GetValues<RequestFolder>())
            await chat.Bob.Hub.ListRequests(new() { Direction = RequestDirection.Incoming, Folder = folder });
    }

    private Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(
        ("Storage:Provider", "SqlServer"), ("Storage:ConnectionString", _database.ConnectionStringBy(_proxy.Port)));

    private static bool IsMessage(TdsRequest request) => request.Contains("INSERT INTO messages");

    private static bool IsReport(TdsRequest request) => request.Contains("INSERT INTO reports");

    private static bool IsCommit(TdsRequest request) => request.Text.StartsWith("COMMIT", StringComparison.Ordinal);
}
