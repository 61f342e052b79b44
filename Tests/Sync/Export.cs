using System.Net;
using System.Text;
using System.Text.Json;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Sync;

/// <summary>What GET /api/me/export answers.</summary>
public static class Export
{
    public static async Task<List<ExportLine>> OfAsync(ITestServer server, Device device)
    {
        var answer = await server.HttpAsync("GET", "/api/me/export", Credentials.Of(device));
        Assert.Equal((HttpStatusCode.OK, "application/x-ndjson"), (answer.Status, answer.ContentType?.MediaType));
        return [.. Encoding.UTF8.GetString(answer.Content).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize(line, ContractJson.Default.ExportLine)!)];
    }
}
