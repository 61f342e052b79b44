using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace ChatHub.Tests.Hosting;

/// <summary>Users, moderators and the host application of an issuer of their own: Auth:Authority and Auth:Audience.</summary>
public sealed class IssuerTests : IAsyncLifetime
{
    private TinyIssuer _issuer = null!;
    private LiveServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TinyIssuer.StartAsync();
        _server = await LiveServer.StartAsync(("Auth:Authority", _issuer.Address), ("Auth:Audience", TinyIssuer.Audience));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task The_host_brings_its_users_with_the_role_service_and_they_come_in_with_its_tokens()
    {
        await BringAsync("alice");
        using var hub = await RawHub.ConnectAsync(_server, _issuer.Token("alice"));
        var me = (await hub.InvokeAsync("GetMe", "{}")).GetProperty("result");
        Assert.Equal("alice", me.GetProperty("user").GetProperty("userId").GetString());

        // An id that was not brought is no user, and a role makes none.
        await Assert.ThrowsAsync<WebSocketException>(() => RawHub.ConnectAsync(_server, _issuer.Token("stranger")));
        await _server.HttpRefusedAsync(ErrorCodes.Forbidden, HttpStatusCode.Forbidden, "POST", "/hubs/chat/negotiate", new(_issuer.Token("the-app", roles: "service")));
        await _server.HttpRefusedAsync(ErrorCodes.Forbidden, HttpStatusCode.Forbidden, "PUT", "/api/directory/users/bob", new(_issuer.Token("alice")), Person("bob"));
    }

    [Fact]
    public async Task The_roles_come_from_the_token_and_other_roles_are_nothing()
    {
        await BringAsync("alice");
        foreach (var moderator in (string[])["alice", "another"])
        {
            var pass = new Credentials(_issuer.Token(moderator, roles: ["author", "moderator"]));
            Assert.Equal(HttpStatusCode.OK, (await _server.HttpAsync("GET", "/api/moderation/reports", pass)).Status);
        }

        await _server.HttpRefusedAsync(ErrorCodes.Forbidden, HttpStatusCode.Forbidden, "GET", "/api/moderation/reports", new(_issuer.Token("alice", roles: "author")));
        await _server.HttpRefusedAsync(ErrorCodes.Unauthenticated, HttpStatusCode.Unauthorized, "GET", "/api/moderation/reports", new(_issuer.Token("nobody", roles: "author")));
    }

    [Fact]
    public async Task There_are_no_built_in_accounts()
    {
        await BringAsync("alice");
        var alice = new Credentials(_issuer.Token("alice"));
        foreach (var path in (string[])["/api/accounts", "/api/accounts/password-reset", "/api/sessions", "/api/sessions/refresh", "/api/me/sessions", "/api/directory/invites", "/api/directory/users/alice/password-reset"])
            Assert.Equal(HttpStatusCode.NotFound, (await _server.HttpAsync("POST", path, alice, new SignInInput())).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.HttpAsync("PUT", "/api/me/password", alice, new ChangePasswordInput())).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.HttpAsync("GET", "/api/me/sessions", alice)).Status);
    }

    [Fact]
    public async Task Roles_have_the_issuers_names_where_it_has_others()
    {
        await using var server = await LiveServer.StartAsync(
            ("Auth:Authority", _issuer.Address), ("Auth:Audience", TinyIssuer.Audience),
            ("Auth:RoleClaim", "groups"), ("Auth:ModeratorRole", "chat-moderators"), ("Auth:ServiceRole", "chat-backend"));

        Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("GET", "/api/moderation/reports", new(_issuer.TokenOf("mona", "groups", "chat-moderators")))).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("GET", "/api/directory/users", new(_issuer.TokenOf("app", "groups", "chat-backend")))).Status);
        await server.HttpRefusedAsync(
            ErrorCodes.Unauthenticated, HttpStatusCode.Unauthorized, "GET", "/api/moderation/reports", new(_issuer.TokenOf("mona", "role", "moderator")));
        await server.HttpRefusedAsync(
            ErrorCodes.Unauthenticated, HttpStatusCode.Unauthorized, "GET", "/api/moderation/reports", new(_issuer.TokenOf("mona", "groups", "moderator")));
    }

    [Fact]
    public async Task The_user_id_is_in_the_claim_that_is_set_and_roles_may_lie_within_one()
    {
        await using var server = await LiveServer.StartAsync(
            ("Auth:Authority", _issuer.Address), ("Auth:Audience", TinyIssuer.Audience),
            ("Auth:UserIdClaim", "customer"), ("Auth:RoleClaim", "realm_access.roles"));
        var roles = new Dictionary<string, object> { ["roles"] = new[] { "author", "service" } };
        var service = new Credentials(_issuer.TokenWith(new Dictionary<string, object> { ["sub"] = "backend", ["realm_access"] = roles }));
        Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("PUT", "/api/directory/users/42", service, Person("alice"))).Status);

        using var hub = await RawHub.ConnectAsync(server, _issuer.TokenWith(new Dictionary<string, object> { ["sub"] = "other", ["customer"] = "42" }));
        Assert.Equal("42", (await hub.InvokeAsync("GetMe", "{}")).GetProperty("result").GetProperty("user").GetProperty("userId").GetString());
        // The subject alone is no user here, whatever its name.
        await server.HttpRefusedAsync(
            ErrorCodes.Unauthenticated, HttpStatusCode.Unauthorized, "GET", "/api/me/export", new(_issuer.TokenWith(new Dictionary<string, object> { ["sub"] = "42" })));
    }

    [Fact]
    public async Task A_role_that_the_host_gave_the_account_holds_beside_the_tokens()
    {
        await BringAsync("alice");
        Assert.Equal(HttpStatusCode.NoContent, (await _server.HttpAsync("PUT", "/api/directory/users/alice/roles/moderator", new(_issuer.Token("the-app", roles: "service")))).Status);
        Assert.Equal(HttpStatusCode.OK, (await _server.HttpAsync("GET", "/api/moderation/reports", new(_issuer.Token("alice")))).Status);
    }

    [Fact]
    public async Task Ending_a_users_sessions_refuses_the_issuers_earlier_tokens()
    {
        await BringAsync("alice");
        using var hub = await RawHub.ConnectAsync(_server, _issuer.Token("alice"));
        Assert.Equal(HttpStatusCode.NoContent, (await _server.HttpAsync("DELETE", "/api/directory/users/alice/sessions", new(_issuer.Token("the-app", roles: "service")))).Status);
        await hub.ClosedAsync();

        await _server.HttpRefusedAsync(ErrorCodes.Unauthenticated, HttpStatusCode.Unauthorized, "GET", "/api/me/export", new(_issuer.Token("alice")));
        Assert.Equal(HttpStatusCode.OK, (await _server.HttpAsync("GET", "/api/me/export", new(_issuer.Token("alice", issued: TimeSpan.FromSeconds(2))))).Status);
    }

    [Fact]
    public async Task Tokens_that_are_not_its_own_for_this_audience_and_now_are_worth_nothing()
    {
        await BringAsync("alice");
        using var other = RSA.Create(2048);
        string[] bad =
        [
            _issuer.Token("alice", audience: "another-application"),
            _issuer.Token("alice", issuer: "http://127.0.0.1:1"),
            _issuer.Token("alice", lasting: TimeSpan.FromSeconds(-61)),
            _issuer.Token("alice", key: new RsaSecurityKey(other) { KeyId = "1" }),
            _issuer.Token("alice", key: _issuer.PublicKeyAsSecret()),
            TestTokens.Make("alice", Account.FarAway),
            TestTokens.WithoutSignature("alice"),
        ];
        foreach (var token in bad)
            await _server.HttpRefusedAsync(ErrorCodes.Unauthenticated, HttpStatusCode.Unauthorized, "GET", "/api/me/export", new(token));
        Assert.Equal(HttpStatusCode.OK, (await _server.HttpAsync("GET", "/api/me/export", new(_issuer.Token("alice")))).Status);
    }

    [Fact]
    public async Task A_removed_account_stays_out_whatever_its_roles_and_a_connection_ends_with_its_token()
    {
        await BringAsync("alice");
        using var hub = await RawHub.ConnectAsync(_server, _issuer.Token("alice", lasting: TimeSpan.FromSeconds(-50)));
        await hub.ClosedAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await _server.HttpAsync("DELETE", "/api/directory/users/alice", new(_issuer.Token("the-app", roles: "service")))).Status);
        await _server.HttpRefusedAsync(
            ErrorCodes.Unauthenticated, HttpStatusCode.Unauthorized, "GET", "/api/moderation/reports", new(_issuer.Token("alice", roles: "moderator")));
    }

    private async Task BringAsync(string name)
    {
        var answer = await _server.HttpAsync("PUT", $"/api/directory/users/{name}", new(_issuer.Token("the-app", roles: "service")), Person(name));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    private static DirectoryUserInput Person(string name) => new() { Username = name, DisplayName = name, BirthDate = "1990-05-17" };
}
