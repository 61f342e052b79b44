using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.Access;

/// <summary>Who may call which HTTP endpoint, by endpoint: the list is the server's own, and an endpoint without a row fails.</summary>
public sealed class HttpAccessTests(ClockServer server) : IClassFixture<ClockServer>
{
    private const HttpStatusCode Ok = HttpStatusCode.OK;
    private const HttpStatusCode None = HttpStatusCode.NoContent;
    private const HttpStatusCode Bad = HttpStatusCode.BadRequest;
    private const HttpStatusCode No = HttpStatusCode.Unauthorized;
    private const HttpStatusCode Never = HttpStatusCode.Forbidden;
    private const HttpStatusCode Gone = HttpStatusCode.NotFound;

    /// <summary>What each caller gets; a user's call is about another user where the path names one.</summary>
    /// <param name="Nobody">No token, an expired one, or that of a removed account.</param>
    /// <param name="User">A user without a role.</param>
    /// <param name="Moderator">The role moderator.</param>
    /// <param name="Service">The role service.</param>
    /// <param name="Self">The user whom the path names.</param>
    /// <param name="Banned">A banned user, of themselves.</param>
    /// <param name="Body">What is sent: enough to be let in.</param>
    private sealed record Row(
        HttpStatusCode Nobody, HttpStatusCode User, HttpStatusCode Moderator, HttpStatusCode Service, HttpStatusCode Self, HttpStatusCode Banned, object? Body = null);

    // Where the body comes first, what an empty one gets shows that the door is open.
    private static readonly Dictionary<string, Row> Rows = new()
    {
        ["GET /health/live"] = new(Ok, Ok, Ok, Ok, Ok, Ok),
        ["GET /health/ready"] = new(Ok, Ok, Ok, Ok, Ok, Ok),
        ["POST /api/accounts"] = new(Bad, Bad, Bad, Bad, Bad, Bad),
        ["POST /api/sessions"] = new(Bad, Bad, Bad, Bad, Bad, Bad),
        ["POST /api/sessions/refresh"] = new(No, No, No, No, No, No),
        ["DELETE /api/sessions/current"] = new(None, None, None, None, None, None),
        ["PUT /api/me/avatar"] = new(No, Bad, Bad, No, Bad, Bad),
        ["DELETE /api/me/avatar"] = new(No, None, None, No, None, None),
        ["GET /avatars/{id}"] = new(Gone, Gone, Gone, Gone, Gone, Gone),
        ["GET /api/me/export"] = new(No, Ok, Ok, No, Ok, Ok),
        ["GET /openapi/v1.json"] = new(Ok, Ok, Ok, Ok, Ok, Ok),
        ["POST /api/directory/import"] = new(No, Never, Never, Ok, Never, Never),
        ["PUT /api/directory/users/{userId}"] = new(No, Never, Never, Bad, Never, Never),
        ["PUT /api/directory/users/{userId}/follows/{otherId}"] = new(No, Never, Never, None, Never, Never),
        ["DELETE /api/directory/users/{userId}/follows/{otherId}"] = new(No, Never, Never, None, Never, Never),
        ["GET /api/moderation/reports"] = new(No, Never, Ok, No, Never, Never),
        ["GET /api/moderation/reports/{id}"] = new(No, Never, Gone, No, Never, Never),
        ["GET /api/moderation/users/{userId}"] = new(No, Never, Ok, No, Never, Never),
        ["POST /api/moderation/users/{userId}/notes"] = new(No, Never, Ok, No, Never, Never, new ModeratorNoteInput { Text = "Seen" }),
        ["GET /api/moderation/bans"] = new(No, Never, Ok, No, Never, Never),
        ["GET /api/moderation/audit"] = new(No, Never, Ok, No, Never, Never),
        ["POST /api/moderation/reports/{id}/resolve"] = new(No, Never, Gone, No, Never, Never, new ResolveReportInput { Action = ReportAction.Dismiss }),
        ["PUT /api/moderation/bans/{userId}"] = new(No, Never, Ok, No, Never, Never, new BanInput { Hours = 1 }),
        ["DELETE /api/moderation/bans/{userId}"] = new(No, Never, None, No, Never, Never),
        // Last of all, because the account is gone then.
        ["DELETE /api/directory/users/{userId}"] = new(No, Never, Never, None, None, None),
    };

    // The hub's own transports: HubAccessTests holds them.
    private static readonly string[] Transports = ["* /hubs/chat", "* /hubs/chat/negotiate"];

    [Fact]
    public void Every_endpoint_has_a_row()
    {
        var endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(endpoint =>
            (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"])
                .Select(method => $"{method} /{endpoint.RoutePattern.RawText?.Trim('/')}"));
        Assert.Equal(Rows.Keys.Concat(Transports).Order(), endpoints.Distinct().Order());
    }

    public static TheoryData<string> Endpoints() => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Each_endpoint_answers_by_its_row(string endpoint)
    {
        var row = Rows[endpoint];
        await using var target = await server.ArriveAsync("target");
        await using var user = await server.ArriveAsync("user");
        await using var removed = await server.ArriveAsync("removed");
        await server.EraseAsync(removed);

        Assert.Equal(row.Nobody, await CallAsync(endpoint, row, Pass.Nothing, target));
        Assert.Equal(row.Nobody, await CallAsync(endpoint, row, new(TestTokens.Make(user.Id, server.Time.GetUtcNow().AddSeconds(-1))), target));
        Assert.Equal(row.Nobody, await CallAsync(endpoint, row, Pass.Of(removed), target));
        Assert.Equal(row.Nobody, await CallAsync(endpoint, row, new(Key: "another key"), target));
        Assert.Equal(row.User, await CallAsync(endpoint, row, Pass.Of(user), target));
        Assert.Equal(row.Moderator, await CallAsync(endpoint, row, await server.ModeratorAsync(), target));

        // Whom the target has blocked is no better off.
        await target.BlockAsync(user);
        Assert.Equal(row.User, await CallAsync(endpoint, row, Pass.Of(user), target));
        await server.BanAsync(user);
        Assert.Equal(row.Banned, await CallAsync(endpoint, row, Pass.Of(user), user));
        Assert.Equal(row.Self, await CallAsync(endpoint, row, Pass.Of(target), target));
        Assert.Equal(row.Service, await CallAsync(endpoint, row, Pass.Service, target));
    }

    private async Task<HttpStatusCode> CallAsync(string endpoint, Row row, Pass pass, Device target)
    {
        var (method, path) = (endpoint.Split(' ')[0], endpoint.Split(' ')[1]);
        await using var other = path.Contains("{otherId}", StringComparison.Ordinal) ? await server.ArriveAsync("other") : null;
        path = path.Replace("{userId}", target.Id, StringComparison.Ordinal)
            .Replace("{otherId}", other?.Id, StringComparison.Ordinal)
            .Replace("{id}", "nothing", StringComparison.Ordinal);
        var answer = await server.HttpAsync(method, path, pass, row.Body);
        if ((int)answer.Status >= 400 && answer.Content.Length > 0)
            Assert.Equal("application/problem+json", answer.ContentType?.MediaType);
        return answer.Status;
    }
}
