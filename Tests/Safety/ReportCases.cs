using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Safety;

/// <summary>The moderators' queue, from outside.</summary>
public static class ReportCases
{
    public static async Task<Page<ReportCase>> QueueAsync(this ITestServer server, string query = "")
    {
        var answer = await server.HttpAsync("GET", $"/api/moderation/reports{query}", await server.ModeratorAsync());
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Read<Page<ReportCase>>();
    }

    /// <summary>All pages of one state, oldest first.</summary>
    public static async Task<IReadOnlyList<ReportCase>> AllAsync(this ITestServer server, string state = "open", int limit = 100)
    {
        var all = new List<ReportCase>();
        string? cursor = null;
        do
        {
            var page = await server.QueueAsync($"?state={state}&limit={limit}{(cursor is null ? "" : $"&cursor={cursor}")}");
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return all;
    }

    public static async Task<ReportCase> FindCaseAsync(this ITestServer server, string reportId, string state = "open") =>
        Assert.Single(await server.AllAsync(state), report => report.ReportId == reportId);
}
