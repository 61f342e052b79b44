using System.Net;
using System.Net.WebSockets;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.Hosting;

/// <summary>The headers for browsers, and which web pages may call.</summary>
public sealed class BrowserTests(BrowserTests.Fixture fixture) : IClassFixture<BrowserTests.Fixture>
{
    private const string Listed = "https://app.example";
    private const string Foreign = "https://evil.example";

    private readonly InProcessServer _server = fixture.Server;

    public sealed class Fixture : IAsyncLifetime
    {
        public InProcessServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await InProcessServer.StartAsync(("Http:AllowedOrigins:0", Listed));

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }

    [Theory]
    [InlineData("GET", "/health/live")]
    [InlineData("GET", "/nothing")]
    [InlineData("GET", "/api/me/export")]
    [InlineData("POST", "/api/sessions")]
    [InlineData("POST", "/hubs/chat/negotiate")]
    public async Task Every_response_says_how_a_browser_is_to_take_it(string method, string path)
    {
        var answer = await _server.HttpAsync(method, path, Credentials.None);
        Assert.Equal(
            ("nosniff", "default-src 'none'; frame-ancestors 'none'", "DENY", "no-referrer"),
            (answer.Header("X-Content-Type-Options"), answer.Header("Content-Security-Policy"), answer.Header("X-Frame-Options"), answer.Header("Referrer-Policy")));
    }

    [Fact]
    public async Task Response_with_a_token_or_private_data_is_not_cached()
    {
        var alice = await Account.SignUpAsync(_server, "alice");
        var signedIn = await _server.SignInAsync(alice);
        var wrong = await _server.SignInAsync(alice.Username, "a wrong guess");
        var sessions = await _server.HttpAsync("GET", "/api/me/sessions", new(alice.Token));
        var users = await _server.HttpAsync("GET", "/api/directory/users", Credentials.Service);
        var reports = await _server.HttpAsync("GET", "/api/moderation/reports", await _server.ModeratorAsync());
        var export = await _server.HttpAsync("GET", "/api/me/export", new(alice.Token));
        var negotiated = await _server.HttpAsync("POST", "/hubs/chat/negotiate?negotiateVersion=1", new(alice.Token));
        Assert.All((HttpResult[])[signedIn, wrong, sessions, users, reports, export, negotiated], answer => Assert.Equal("no-store", answer.Header("Cache-Control")));
    }

    [Fact]
    public async Task Every_GET_answers_HEAD_with_the_same_status_and_no_body()
    {
        var alice = await Account.SignUpAsync(_server, "alice");
        var paths = _server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(endpoint => $"/{endpoint.RoutePattern.RawText!.Trim('/')}".Replace("{userId}", alice.Id, StringComparison.Ordinal).Replace("{id}", "nothing", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(paths);
        foreach (var path in paths)
        {
            foreach (var pass in (Credentials[])[Credentials.None, new(alice.Token), Credentials.Service])
            {
                var (get, head) = (await _server.HttpAsync("GET", path, pass), await _server.HttpAsync("HEAD", path, pass));
                Assert.Equal((get.Status, get.ContentType?.MediaType, 0), (head.Status, head.ContentType?.MediaType, head.Content.Length));
            }
        }
    }

    [Fact]
    public async Task A_listed_origin_may_call_with_credentials()
    {
        var preflight = await _server.HttpAsync("OPTIONS", "/api/sessions", From(
            Listed, ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type")));
        Assert.Equal(
            (HttpStatusCode.NoContent, Listed, "true", "POST", "content-type"),
            (preflight.Status, preflight.Header("Access-Control-Allow-Origin"), preflight.Header("Access-Control-Allow-Credentials"),
                preflight.Header("Access-Control-Allow-Methods"), preflight.Header("Access-Control-Allow-Headers")));

        // A refusal too can be read there.
        var refused = await _server.HttpAsync("POST", "/api/sessions/refresh", From(Listed));
        Assert.Equal(
            (HttpStatusCode.Unauthorized, Listed, "true", "Retry-After"),
            (refused.Status, refused.Header("Access-Control-Allow-Origin"), refused.Header("Access-Control-Allow-Credentials"), refused.Header("Access-Control-Expose-Headers")));
    }

    [Theory]
    [InlineData(Foreign)]
    [InlineData("null")]
    [InlineData("https://app.example.evil.example")]
    [InlineData("http://app.example")]
    public async Task Any_other_origin_is_refused(string origin)
    {
        foreach (var (method, path) in ((string, string)[])[("POST", "/api/sessions"), ("OPTIONS", "/api/sessions"), ("GET", "/openapi/v1.json"), ("POST", "/hubs/chat/negotiate")])
        {
            var refused = await _server.HttpRefusedAsync(ErrorCodes.Forbidden, HttpStatusCode.Forbidden, method, path, From(origin, ("Access-Control-Request-Method", "POST")));
            Assert.Null(refused.Header("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task A_WebSocket_of_a_foreign_page_is_refused_and_one_of_a_listed_or_the_own_page_is_not()
    {
        var alice = await Account.BringAsync(_server, "alice");
        await ConnectAsync(alice, null);
        await ConnectAsync(alice, Listed);
        await ConnectAsync(alice, _server.Address.GetLeftPart(UriPartial.Authority));
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(alice, Foreign));
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(alice, $"http://{_server.Address.Host}:1"));
    }

    [Fact]
    public async Task Without_listed_origins_no_other_web_page_may_call()
    {
        await using var server = await InProcessServer.StartAsync();
        await server.HttpRefusedAsync(ErrorCodes.Forbidden, HttpStatusCode.Forbidden, "POST", "/api/sessions", From(Listed));
        Assert.Equal(HttpStatusCode.BadRequest, (await server.HttpAsync("POST", "/api/sessions", From(server.Address.GetLeftPart(UriPartial.Authority)))).Status);
    }

    private async Task ConnectAsync(Account account, string? origin)
    {
        using var socket = new ClientWebSocket();
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(
            new UriBuilder(_server.Address) { Scheme = "ws", Path = Limits.HubPath, Query = $"access_token={account.Token}" }.Uri, TestTimeouts.Token);
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    private static Credentials From(string origin, params (string, string)[] more) => new() { Headers = [("Origin", origin), .. more] };
}
