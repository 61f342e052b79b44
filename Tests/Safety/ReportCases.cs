using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Safety;

/// <summary>The moderators' endpoints, from outside.</summary>
public static class ReportCases
{
    public static string ModeratorId => $"host-{ServerSettings.Moderator}";

    public static async Task<T> ModerationAsync<T>(this ITestServer server, string path, string method = "GET", object? body = null)
    {
        var answer = await server.HttpAsync(method, $"/api/moderation{path}", await server.ModeratorAsync(), body);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Read<T>();
    }

    /// <summary>All pages of one state.</summary>
    public static async Task<IReadOnlyList<ReportSummary>> AllAsync(this ITestServer server, string state = "open", int limit = 100)
    {
        var all = new List<ReportSummary>();
        string? cursor = null;
        do
        {
            var page = await server.ModerationAsync<Page<ReportSummary>>($"/reports?state={state}&limit={limit}{(cursor is null ? "" : $"&cursor={cursor}")}");
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return all;
    }

    public static Task<ReportCase> CaseAsync(this ITestServer server, string reportId) => server.ModerationAsync<ReportCase>($"/reports/{reportId}");

    public static Task<ReportSummary> ResolveAsync(this ITestServer server, string reportId, ResolveReportInput input) =>
        server.ModerationAsync<ReportSummary>($"/reports/{reportId}/resolve", "POST", input);

    public static Task<ModeratedUser> HistoryAsync(this ITestServer server, Device user) => server.ModerationAsync<ModeratedUser>($"/users/{user.Id}");

    public static async Task<string> ReportAsync(this Device reporter, Device reported, ReportReason reason = ReportReason.Spam, string? note = null) =>
        (await reporter.Hub.Report(new() { UserId = reported.Id, Reason = reason, Note = note })).ReportId;
}
