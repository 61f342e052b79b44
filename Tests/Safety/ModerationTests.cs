using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Safety;

/// <summary>The moderators' queue: oldest first, in pages; each report is resolved once.</summary>
public sealed class ModerationTests(SharedServer server)
{
    [Fact]
    public async Task A_report_is_dismissed_and_leaves_the_queue()
    {
        await using var chat = await server.OpenChatAsync();
        var id = await ReportAsync(chat);
        var resolved = (await ResolveAsync(id, new { action = "dismiss" })).Read<ReportCase>();
        Assert.Equal((ReportState.Resolved, ReportAction.Dismiss, $"host-{ServerSettings.Moderator}"), (resolved.State, resolved.Resolution, resolved.ResolvedBy));
        Assert.NotNull(resolved.ResolvedAt);
        Assert.Single(resolved.Evidence);

        Assert.DoesNotContain(await server.AllAsync(), report => report.ReportId == id);
        Assert.Equal(Wire.Json(resolved), Wire.Json(await server.FindCaseAsync(id, "resolved")));
        await chat.Alice.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task A_report_leads_to_a_ban_once()
    {
        await using var chat = await server.OpenChatAsync();
        var id = await ReportAsync(chat);
        var resolved = (await ResolveAsync(id, new { action = "ban", hours = 48, reason = "Spam" })).Read<ReportCase>();
        Assert.Equal(ReportAction.Ban, resolved.Resolution);
        var told = await chat.Alice.NextAsync<MeChanged>();
        Assert.Equal((true, "Spam"), (told.Me.IsBanned, told.Me.BanReason));
        await Wire.RefusedAsync(ErrorCodes.MessagingBanned, chat.Alice.SayAsync(chat.Id, "Hello?"));

        // Resolved again it stays as it is, and nobody is told anything.
        Assert.Equal(Wire.Json(resolved), Wire.Json((await ResolveAsync(id, new { action = "dismiss" })).Read<ReportCase>()));
        await chat.Alice.ReceivedNothingElseAsync();
        await chat.Bob.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task Whoever_was_removed_meanwhile_is_not_banned_and_the_report_is_closed_all_the_same()
    {
        await using var chat = await server.OpenChatAsync();
        var id = await ReportAsync(chat);
        await server.EraseAsync(chat.Alice);
        Assert.Equal(HttpStatusCode.OK, (await ResolveAsync(id, new { action = "ban" })).Status);
        await server.HttpRefusedAsync(
            ErrorCodes.UserNotFound, HttpStatusCode.NotFound, "PUT", $"/api/moderation/bans/{chat.Alice.Id}", await server.ModeratorAsync(), new BanInput());
    }

    [Fact]
    public async Task The_queue_is_paged_oldest_first()
    {
        await using var chat = await server.OpenChatAsync();
        var ids = new List<string>();
        foreach (var reason in Enum.GetValues<ReportReason>())
            ids.Add((await chat.Bob.Hub.Report(new() { UserId = chat.Alice.Id, Reason = reason })).ReportId);
        var listed = (await server.AllAsync(limit: 1)).Select(report => report.ReportId).Where(ids.Contains);
        Assert.Equal(ids, listed);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"action":"forgive"}""")]
    [InlineData("""{"action":"ban","hours":0}""")]
    [InlineData("""[]""")]
    public async Task A_resolutions_arguments_are_checked(string body)
    {
        await using var chat = await server.OpenChatAsync();
        var id = await ReportAsync(chat);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        await server.HttpRefusedAsync(
            ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest,
            "POST", $"/api/moderation/reports/{id}/resolve", await server.ModeratorAsync(), content);
        Assert.Equal(ReportState.Open, (await server.FindCaseAsync(id)).State);
    }

    [Theory]
    [InlineData("?state=closed")]
    [InlineData("?limit=0")]
    [InlineData("?limit=many")]
    [InlineData("?cursor=what")]
    public async Task A_queues_arguments_are_checked(string query) =>
        await server.HttpRefusedAsync(
            ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, "GET", $"/api/moderation/reports{query}", await server.ModeratorAsync());

    [Fact]
    public async Task A_report_that_is_not_there_is_not_found() =>
        await server.HttpRefusedAsync(
            ErrorCodes.RequestNotFound, HttpStatusCode.NotFound,
            "POST", "/api/moderation/reports/nothing/resolve", await server.ModeratorAsync(), new ResolveReportInput { Action = ReportAction.Dismiss });

    private static async Task<string> ReportAsync(Chat chat) =>
        (await chat.Bob.Hub.Report(new() { UserId = chat.Alice.Id, Reason = ReportReason.Spam, ConversationId = chat.Id })).ReportId;

    private async Task<HttpResult> ResolveAsync(string id, object body)
    {
        using var content = new StringContent(System.Text.Json.JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");
        return await server.HttpAsync("POST", $"/api/moderation/reports/{id}/resolve", await server.ModeratorAsync(), content);
    }
}
