using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Safety;

/// <summary>Users' histories, the list of bans, and the audit.</summary>
public sealed class ModerationHistoryTests : IAsyncLifetime
{
    private InProcessServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await InProcessServer.StartAsync(("Moderation:AuditDays", "30"));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task History_holds_reports_bans_warnings_and_notes()
    {
        await using var chat = await _server.OpenChatAsync();
        var warned = await chat.Bob.ReportAsync(chat.Alice);
        await _server.ResolveAsync(warned, new() { Action = ReportAction.Warn, Reason = "First and last" });
        var banned = await chat.Bob.ReportAsync(chat.Alice);
        await _server.ResolveAsync(banned, new() { Action = ReportAction.Ban, Hours = 24, Reason = "Spam" });
        await _server.BanAsync(chat.Alice, reason: "Longer");
        var note = await _server.ModerationAsync<ModeratorNote>($"/users/{chat.Alice.Id}/notes", "POST", new ModeratorNoteInput { Text = " Knows better. " });
        var open = await chat.Bob.ReportAsync(chat.Alice);

        var history = await _server.HistoryAsync(chat.Alice);
        Assert.Equal((chat.Alice.Id, "Longer", null), (history.User.UserId, history.Ban?.Reason, history.Ban?.Until));
        Assert.Equal([open, banned, warned], history.Reports.Select(report => report.ReportId));
        Assert.Equal(
            [("Longer", null, false), ("Spam", banned, true)],
            history.Bans.Select(ban => (ban.Reason, ban.ReportId, ban.LiftedAt is not null)));
        Assert.Equal([("First and last", (string?)warned)], history.Warnings.Select(warning => (warning.Reason, warning.ReportId)));
        Assert.Equal(("Knows better.", ReportCases.ModeratorId), (note.Text, note.ModeratorId));
        Assert.Equal(Wire.Json(note), Wire.Json(Assert.Single(history.Notes)));
        Assert.Equal(Wire.Json(history), Wire.Json((await _server.CaseAsync(open)).History));

        // The user learns of none of it but the warning and the ban.
        var export = System.Text.Encoding.UTF8.GetString((await _server.HttpAsync("GET", "/api/me/export", Credentials.Of(chat.Alice))).Content);
        Assert.Contains("First and last", export, StringComparison.Ordinal);
        Assert.DoesNotContain("Knows better", export, StringComparison.Ordinal);
        Assert.DoesNotContain(open, export, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Longest_texts_are_taken_however_their_JSON_escapes_them()
    {
        await using var alice = await _server.ConnectUserAsync("alice");
        await using var bob = await _server.ConnectUserAsync("bob");
        var report = await bob.ReportAsync(alice);
        foreach (var (method, path, field, length, more) in (IEnumerable<(string, string, string, int, string)>)
        [
            ("POST", $"/users/{alice.Id}/notes", "text", Limits.ModeratorNoteMax, ""),
            ("PUT", $"/bans/{alice.Id}", "reason", Limits.ModerationReasonMax, ""),
            ("POST", $"/reports/{report}/resolve", "reason", Limits.ModerationReasonMax, ",\"action\":\"warn\""),
        ])
        {
            // A smile is one character and two escapes.
            var body = $$"""{"{{field}}":"{{string.Concat(Enumerable.Repeat(@"\ud83d\ude42", length))}}"{{more}}}""";
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            Assert.Equal((HttpStatusCode.OK, null), await StatusAsync(method, path, content));
        }

        var history = await _server.HistoryAsync(alice);
        Assert.Equal(string.Concat(Enumerable.Repeat("🙂", Limits.ModeratorNoteMax)), Assert.Single(history.Notes).Text);

        async Task<(HttpStatusCode, string?)> StatusAsync(string method, string path, HttpContent body)
        {
            var answer = await _server.HttpAsync(method, $"/api/moderation{path}", await _server.ModeratorAsync(), body);
            return (answer.Status, answer.Code);
        }
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"text":" "}""")]
    [InlineData("""{"text":7}""")]
    public async Task Note_without_a_text_is_refused(string body)
    {
        await using var alice = await _server.ConnectUserAsync("alice");
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        await _server.HttpRefusedAsync(
            ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, "POST", $"/api/moderation/users/{alice.Id}/notes", await _server.ModeratorAsync(), content);
        Assert.Empty((await _server.HistoryAsync(alice)).Notes);
    }

    [Fact]
    public async Task Bans_list_holds_whose_ban_holds_latest_first()
    {
        var users = new List<Device>();
        for (var i = 0; i < 4; i++)
        {
            users.Add(await _server.ConnectUserAsync("user"));
            await _server.BanAsync(users[i], hours: i + 1);
        }

        await _server.HttpAsync("DELETE", $"/api/moderation/bans/{users[3].Id}", await _server.ModeratorAsync());
        _server.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([users[2].Id, users[1].Id], await BannedAsync());
        Assert.Equal(ReportCases.ModeratorId, Assert.Single((await _server.HistoryAsync(users[3])).Bans).LiftedBy);
    }

    [Fact]
    public async Task Audit_holds_every_action_until_it_is_pruned_by_age()
    {
        await using var chat = await _server.OpenChatAsync();
        var id = await chat.Bob.ReportAsync(chat.Alice);
        await _server.CaseAsync(id);
        await _server.ResolveAsync(id, new() { Action = ReportAction.Dismiss, Reason = "Nothing in it" });
        await _server.ResolveAsync(await chat.Bob.ReportAsync(chat.Alice), new() { Action = ReportAction.Warn, Reason = "Careful" });
        await _server.BanAsync(chat.Alice, hours: 24, reason: "Spam");
        await _server.HttpAsync("DELETE", $"/api/moderation/bans/{chat.Alice.Id}", await _server.ModeratorAsync());
        await _server.ModerationAsync<ModeratorNote>($"/users/{chat.Alice.Id}/notes", "POST", new ModeratorNoteInput { Text = "Watch" });

        var entries = await AuditAsync();
        Assert.Equal(
            [
                (AuditAction.AddNote, null, "Watch"), (AuditAction.LiftBan, null, null), (AuditAction.Ban, null, "Spam"),
                (AuditAction.Warn, null, "Careful"), (AuditAction.DismissReport, id, "Nothing in it"), (AuditAction.OpenReport, id, null),
            ],
            entries.Select(entry => (entry.Action, entry.Action == AuditAction.Warn ? null : entry.ReportId, entry.Reason)));
        Assert.All(entries, entry => Assert.Equal((ReportCases.ModeratorId, chat.Alice.Id), (entry.ModeratorId, entry.UserId)));
        Assert.Equal(_server.Time.GetUtcNow().AddHours(24), entries[2].Until);

        // Nothing changes it, not even the erasure of the user; age removes it.
        await _server.EraseAsync(chat.Alice);
        Assert.Equal(entries.Select(Wire.Json), (await AuditAsync()).Select(Wire.Json));
        _server.Time.Advance(TimeSpan.FromDays(30));
        await _server.Time.TimerSetAsync(TimeSpan.FromSeconds(20)).SoonAsync("the sweep to be done");
        Assert.Equal(6, (await AuditAsync()).Count);
        _server.Time.Advance(TimeSpan.FromSeconds(20));
        await _server.Time.TimerSetAsync(TimeSpan.FromSeconds(20)).SoonAsync("the sweep to be done");
        Assert.Empty(await AuditAsync());
    }

    [Fact]
    public async Task Audit_shows_a_moderator_nothing_about_themselves()
    {
        await using var alice = await _server.ConnectUserAsync("alice");
        var moderator = await _server.ModeratorAsync();
        await _server.HttpAsync("PUT", $"/api/moderation/bans/{ReportCases.ModeratorId}", moderator, new BanInput { Hours = 1 });
        await _server.BanAsync(alice);
        Assert.Equal([alice.Id], (await AuditAsync()).Select(entry => entry.UserId));
    }

    private async Task<List<string>> BannedAsync()
    {
        var first = await _server.ModerationAsync<Page<BannedUser>>("/bans?limit=1");
        var second = await _server.ModerationAsync<Page<BannedUser>>($"/bans?limit=1&cursor={first.NextCursor}");
        Assert.Null(second.NextCursor);
        Assert.All(first.Items.Concat(second.Items), banned => Assert.Equal(banned.User.UserId, banned.Ban.UserId));
        return [.. first.Items.Concat(second.Items).Select(banned => banned.User.UserId)];
    }

    private async Task<List<AuditEntry>> AuditAsync()
    {
        var first = await _server.ModerationAsync<Page<AuditEntry>>("/audit?limit=2");
        if (first.NextCursor is null)
            return [.. first.Items];
        var rest = await _server.ModerationAsync<Page<AuditEntry>>($"/audit?cursor={first.NextCursor}");
        return [.. first.Items, .. rest.Items];
    }
}
