using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Safety;

/// <summary>Reports are opened and resolved once, with or without a consequence.</summary>
public sealed class ModerationTests(SharedServer server)
{
    [Fact]
    public async Task Dismissed_report_leaves_the_queue_and_notifies_no_user()
    {
        await using var chat = await server.OpenChatAsync();
        var id = await chat.Bob.ReportAsync(chat.Alice);
        var resolved = await server.ResolveAsync(id, new() { Action = ReportAction.Dismiss });
        Assert.Equal((ReportState.Resolved, ReportAction.Dismiss, ReportCases.ModeratorId), (resolved.State, resolved.Resolution, resolved.ResolvedBy));
        Assert.NotNull(resolved.ResolvedAt);
        Assert.Equal(2, resolved.EvidenceCount);

        Assert.DoesNotContain(await server.AllAsync(), report => report.ReportId == id);
        Assert.Equal(Wire.Json(resolved), Wire.Json(Assert.Single(await server.AllAsync("resolved"), report => report.ReportId == id)));
        await chat.Alice.ReceivedNothingElseAsync();
        await chat.Bob.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task Report_resolved_with_a_ban_bans_once()
    {
        await using var chat = await server.OpenChatAsync();
        var id = await chat.Bob.ReportAsync(chat.Alice);
        var resolved = await server.ResolveAsync(id, new() { Action = ReportAction.Ban, Hours = 48, Reason = "Spam" });
        Assert.Equal(ReportAction.Ban, resolved.Resolution);
        var changed = await chat.Alice.NextAsync<MeChanged>();
        Assert.Equal((true, "Spam"), (changed.Me.IsBanned, changed.Me.BanReason));
        await Wire.RefusedAsync(ErrorCodes.MessagingBanned, chat.Alice.SayAsync(chat.Id, "Hello?"));

        // Resolved again it stays as it is, and makes no event.
        Assert.Equal(Wire.Json(resolved), Wire.Json(await server.ResolveAsync(id, new() { Action = ReportAction.Dismiss })));
        await chat.Alice.ReceivedNothingElseAsync();
        await chat.Bob.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task Warning_is_shown_by_Me_and_MeChanged_and_refuses_nothing()
    {
        await using var chat = await server.OpenChatAsync();
        Assert.Null((await chat.Alice.Hub.GetMe(new())).Warning);
        var resolved = await server.ResolveAsync(
            await chat.Bob.ReportAsync(chat.Alice), new() { Action = ReportAction.Warn, Reason = " No selling here. " });
        Assert.Equal(ReportAction.Warn, resolved.Resolution);

        var changed = await chat.Alice.NextAsync<MeChanged>();
        Assert.Equal(("No selling here.", resolved.ResolvedAt, false), (changed.Me.Warning!.Reason, changed.Me.Warning.At, changed.Me.IsBanned));
        Assert.Equal(Wire.Json(changed.Me), Wire.Json(await chat.Alice.Hub.GetMe(new())));
        await chat.Alice.SayAsync(chat.Id, "Sorry.");

        // The latest one is shown.
        await server.ResolveAsync(await chat.Bob.ReportAsync(chat.Alice), new() { Action = ReportAction.Warn, Reason = new('x', 500) });
        Assert.Equal(500, (await chat.Alice.NextAsync<MeChanged>()).Me.Warning!.Reason.Length);
    }

    [Fact]
    public async Task Report_on_a_removed_user_is_closed_without_a_ban()
    {
        await using var chat = await server.OpenChatAsync();
        var id = await chat.Bob.ReportAsync(chat.Alice);
        await server.EraseAsync(chat.Alice);
        Assert.Equal(ReportState.Resolved, (await server.ResolveAsync(id, new() { Action = ReportAction.Ban })).State);
        await server.HttpRefusedAsync(
            ErrorCodes.UserNotFound, HttpStatusCode.NotFound, "PUT", $"/api/moderation/bans/{chat.Alice.Id}", await server.ModeratorAsync(), new BanInput());
        var warned = await chat.Bob.ReportAsync(chat.Alice);
        Assert.Equal(ReportState.Resolved, (await server.ResolveAsync(warned, new() { Action = ReportAction.Warn, Reason = "No" })).State);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"action":"forgive"}""")]
    [InlineData("""{"action":"ban","hours":0}""")]
    [InlineData("""{"action":"warn"}""")]
    [InlineData("""{"action":"warn","reason":"  "}""")]
    [InlineData("""[]""")]
    public async Task Resolution_with_bad_arguments_is_refused(string body)
    {
        await using var chat = await server.OpenChatAsync();
        var id = await chat.Bob.ReportAsync(chat.Alice);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        await server.HttpRefusedAsync(
            ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest,
            "POST", $"/api/moderation/reports/{id}/resolve", await server.ModeratorAsync(), content);
        Assert.Equal(ReportState.Open, (await server.CaseAsync(id)).Report.State);
    }

    [Fact]
    public async Task Warning_of_501_characters_is_refused()
    {
        await using var chat = await server.OpenChatAsync();
        await server.HttpRefusedAsync(
            ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, "POST", $"/api/moderation/reports/{await chat.Bob.ReportAsync(chat.Alice)}/resolve",
            await server.ModeratorAsync(), new ResolveReportInput { Action = ReportAction.Warn, Reason = new('x', 501) });
    }

    [Theory]
    [InlineData("/reports?state=closed")]
    [InlineData("/reports?limit=0")]
    [InlineData("/reports?limit=many")]
    [InlineData("/reports?cursor=what")]
    [InlineData("/reports?state=resolved&cursor=what")]
    [InlineData("/bans?cursor=what")]
    [InlineData("/bans?limit=101")]
    [InlineData("/audit?cursor=what")]
    [InlineData("/audit?limit=0")]
    public async Task List_with_bad_arguments_is_refused(string path) =>
        await server.HttpRefusedAsync(
            ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, "GET", $"/api/moderation{path}", await server.ModeratorAsync());

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "/resolve")]
    public async Task Report_that_does_not_exist_is_not_found(string method, string path) =>
        await server.HttpRefusedAsync(
            ErrorCodes.RequestNotFound, HttpStatusCode.NotFound, method, $"/api/moderation/reports/nothing{path}", await server.ModeratorAsync(),
            method == "POST" ? new ResolveReportInput { Action = ReportAction.Dismiss } : null);

    [Fact]
    public async Task Report_on_or_by_the_moderator_is_not_theirs_to_see()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var moderator = await server.ModeratorAsync();
        var on = (await alice.Hub.Report(new() { UserId = ReportCases.ModeratorId, Reason = ReportReason.Harassment })).ReportId;
        using var hub = await RawHub.ConnectAsync(server, moderator.Token!);
        var by = (await hub.InvokeAsync("Report", $$"""{"userId":"{{alice.Id}}","reason":"spam"}""")).GetProperty("result").GetProperty("reportId").GetString();

        var listed = (await server.AllAsync()).Select(report => report.ReportId).ToList();
        foreach (var id in (string[])[on, by!])
        {
            Assert.DoesNotContain(id, listed);
            await server.HttpRefusedAsync(ErrorCodes.RequestNotFound, HttpStatusCode.NotFound, "GET", $"/api/moderation/reports/{id}", moderator);
            await server.HttpRefusedAsync(
                ErrorCodes.RequestNotFound, HttpStatusCode.NotFound, "POST", $"/api/moderation/reports/{id}/resolve", moderator, new ResolveReportInput { Action = ReportAction.Dismiss });
        }

        Assert.Empty((await server.HistoryAsync(alice)).Reports);
        await server.HttpRefusedAsync(ErrorCodes.UserNotFound, HttpStatusCode.NotFound, "GET", $"/api/moderation/users/{ReportCases.ModeratorId}", moderator);
    }
}
