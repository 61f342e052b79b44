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
    /// <param name="Anonymous">No token, an expired one, or that of a removed account.</param>
    /// <param name="User">A user without a role.</param>
    /// <param name="Moderator">The role moderator.</param>
    /// <param name="Service">The role service.</param>
    /// <param name="Self">The user whom the path names.</param>
    /// <param name="Banned">A banned user, of themselves.</param>
    /// <param name="Body">What is sent: enough to be let in.</param>
    private sealed record Row(
        HttpStatusCode Anonymous, HttpStatusCode User, HttpStatusCode Moderator, HttpStatusCode Service, HttpStatusCode Self, HttpStatusCode Banned, object? Body = null);

    // Where the body comes first, what an empty one gets shows that the caller was let through.
    private static readonly Dictionary<string, Row> Rows = new()
    {
        ["GET /health/live"] = new(Ok, Ok, Ok, Ok, Ok, Ok),
        ["GET /health/ready"] = new(Ok, Ok, Ok, Ok, Ok, Ok),
        ["POST /api/accounts"] = new(Bad, Bad, Bad, Bad, Bad, Bad),
        ["POST /api/sessions"] = new(Bad, Bad, Bad, Bad, Bad, Bad),
        ["POST /api/sessions/refresh"] = new(No, No, No, No, No, No),
        ["DELETE /api/sessions/current"] = new(None, None, None, None, None, None),
        ["GET /api/me/sessions"] = new(No, Ok, Ok, No, Ok, Ok),
        ["DELETE /api/me/sessions"] = new(No, None, None, No, None, None),
        ["DELETE /api/me/sessions/{id}"] = new(No, None, None, No, None, None),
        ["PUT /api/me/password"] = new(No, Bad, Bad, No, Bad, Bad),
        ["POST /api/accounts/password-reset"] = new(Bad, Bad, Bad, Bad, Bad, Bad),
        // Whom the directory brought has no password to reset.
        ["POST /api/directory/users/{userId}/password-reset"] = new(No, Never, Never, Gone, Never, Never),
        ["POST /api/directory/invites"] = new(No, Never, Never, Ok, Never, Never, new InvitesInput { Count = 1, ExpiresInHours = 1 }),
        ["GET /api/directory/users"] = new(No, Never, Never, Ok, Never, Never),
        ["GET /api/directory/users/{userId}"] = new(No, Never, Never, Ok, Never, Never),
        ["PUT /api/directory/users/{userId}/roles/moderator"] = new(No, Never, Never, None, Never, Never),
        ["DELETE /api/directory/users/{userId}/roles/moderator"] = new(No, Never, Never, None, Never, Never),
        ["DELETE /api/directory/users/{userId}/sessions"] = new(No, Never, Never, None, Never, Never),
        ["PUT /api/me/avatar"] = new(No, Bad, Bad, No, Bad, Bad),
        ["DELETE /api/me/avatar"] = new(No, None, None, No, None, None),
        ["GET /api/push/key"] = new(Ok, Ok, Ok, Ok, Ok, Ok),
        ["PUT /api/me/push-subscriptions/{id}"] = new(No, Bad, Bad, No, Bad, Bad, new PushSubscriptionInput()),
        ["DELETE /api/me/push-subscriptions/{id}"] = new(No, None, None, No, None, None),
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
    public void Every_endpoint_has_a_row_in_the_authorisation_table()
    {
        var endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(endpoint =>
            (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"])
                .Select(method => $"{method} /{endpoint.RoutePattern.RawText?.Trim('/')}"));
        Assert.Equal(Rows.Keys.Concat(Transports).Order(), endpoints.Distinct().Order());
    }

    public static TheoryData<string> Endpoints() => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Endpoint_is_authorised_as_its_row_says(string endpoint)
    {
        var row = Rows[endpoint];
        await using var target = await server.ConnectUserAsync("target");
        await using var user = await server.ConnectUserAsync("user");
        await using var removed = await server.ConnectUserAsync("removed");
        await server.EraseAsync(removed);

        Assert.Equal(row.Anonymous, await CallAsync(endpoint, row, Credentials.None, target));
        Assert.Equal(row.Anonymous, await CallAsync(endpoint, row, new(TestTokens.Make(user.Id, server.Time.GetUtcNow().AddSeconds(-61))), target));
        Assert.Equal(row.Anonymous, await CallAsync(endpoint, row, Credentials.Of(removed), target));
        // Wrong keys are counted: one is forgotten in 10 seconds.
        server.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(row.Anonymous, await CallAsync(endpoint, row, new(Key: "another key"), target));
        Assert.Equal(row.User, await CallAsync(endpoint, row, Credentials.Of(user), target));
        Assert.Equal(row.Moderator, await CallAsync(endpoint, row, await server.ModeratorAsync(), target));

        // Whom the target has blocked is no better off.
        await target.BlockAsync(user);
        Assert.Equal(row.User, await CallAsync(endpoint, row, Credentials.Of(user), target));
        await server.BanAsync(user);
        Assert.Equal(row.Banned, await CallAsync(endpoint, row, Credentials.Of(user), user));
        Assert.Equal(row.Self, await CallAsync(endpoint, row, Credentials.Of(target), target));
        Assert.Equal(row.Service, await CallAsync(endpoint, row, Credentials.Service, target));
    }

    private async Task<HttpStatusCode> CallAsync(string endpoint, Row row, Credentials pass, Device target)
    {
        var (method, path) = (endpoint.Split(' ')[0], endpoint.Split(' ')[1]);
        await using var other = path.Contains("{otherId}", StringComparison.Ordinal) ? await server.ConnectUserAsync("other") : null;
        path = path.Replace("{userId}", target.Id, StringComparison.Ordinal)
            .Replace("{otherId}", other?.Id, StringComparison.Ordinal)
            .Replace("{id}", "nothing", StringComparison.Ordinal);
        var answer = path == "/health/ready" ? await server.HealthAsync(pass: pass) : await server.HttpAsync(method, path, pass, row.Body);
        if ((int)answer.Status >= 400 && answer.Content.Length > 0)
            Assert.Equal("application/problem+json", answer.ContentType?.MediaType);
        return answer.Status;
    }
}
