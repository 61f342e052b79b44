using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hosting;

/// <summary>The server beside a real issuer: tokens of browsers and services, rotated keys, an issuer that is away.</summary>
public sealed class RealIssuerTests : IAsyncLifetime
{
    private OpenIddictIssuer _issuer = null!;

    public async ValueTask InitializeAsync() => _issuer = await OpenIddictIssuer.StartAsync();

    public ValueTask DisposeAsync() => _issuer.DisposeAsync();

    [Fact]
    public async Task A_service_brings_users_who_come_in_with_their_browsers_tokens_of_another_audience()
    {
        await using var server = await StartAsync();
        await BringAsync(server, "alice");

        using var hub = await RawHub.ConnectAsync(server, await _issuer.BrowserTokenAsync("alice"));
        var me = (await hub.InvokeAsync("GetMe", "{}")).GetProperty("result");
        Assert.Equal("alice", me.GetProperty("user").GetProperty("userId").GetString());
        await AssertReadyAsync(server, "ok", HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_audience_that_is_not_listed_is_refused()
    {
        await using var server = await LiveServer.StartAsync(("Auth:Authority", _issuer.Address), ("Auth:Audience", OpenIddictIssuer.ServiceAudience));
        await BringAsync(server, "alice");
        await server.HttpRefusedAsync(
            ErrorCodes.Unauthenticated, HttpStatusCode.Unauthorized, "GET", "/api/me/export", new(await _issuer.BrowserTokenAsync("alice")));
    }

    [Fact]
    public async Task Tokens_of_a_rotated_key_are_accepted_at_once_and_the_earlier_ones_still()
    {
        await using var server = await StartAsync();
        await BringAsync(server, "alice");
        var early = await _issuer.BrowserTokenAsync("alice");
        Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("GET", "/api/me/export", new(early))).Status);

        for (var round = 0; round < 2; round++)
        {
            _issuer.Rotate();
            // Keys are read once a second at the most.
            await Task.Delay(TimeSpan.FromSeconds(1.1), TestTimeouts.Token);
            Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("GET", "/api/me/export", new(await _issuer.BrowserTokenAsync("alice")))).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("GET", "/api/me/export", new(early))).Status);
    }

    [Fact]
    public async Task Tokens_with_made_up_keys_do_not_put_off_a_rotated_key()
    {
        await using var server = await StartAsync();
        await BringAsync(server, "alice");
        using var other = System.Security.Cryptography.RSA.Create(2048);
        var madeUp = TinyIssuer.Sign(
            "alice", _issuer.Address, OpenIddictIssuer.BrowserAudience, new Microsoft.IdentityModel.Tokens.RsaSecurityKey(other) { KeyId = "unknown" });
        _issuer.Rotate();
        var rotated = await _issuer.BrowserTokenAsync("alice");

        // One every few milliseconds, and keys are read once a second at the most.
        HttpStatusCode status;
        do
        {
            TestTimeouts.Token.ThrowIfCancellationRequested();
            await server.HttpRefusedAsync(ErrorCodes.Unauthenticated, HttpStatusCode.Unauthorized, "GET", "/api/me/export", new(madeUp));
            status = (await server.HttpAsync("GET", "/api/me/export", new(rotated))).Status;
        }
        while (status != HttpStatusCode.OK);
    }

    [Fact]
    public async Task While_the_issuer_is_away_the_last_keys_hold_and_readiness_is_degraded()
    {
        await using var server = await StartAsync();
        await BringAsync(server, "alice");
        var token = await _issuer.BrowserTokenAsync("alice");
        await _issuer.StopAsync();
        // A key that is not published: the server looks for it, and learns that the issuer is away.
        using var other = System.Security.Cryptography.RSA.Create(2048);
        await Task.Delay(TimeSpan.FromSeconds(1.1), TestTimeouts.Token);
        await server.HttpRefusedAsync(
            ErrorCodes.Unauthenticated, HttpStatusCode.Unauthorized, "GET", "/api/me/export",
            new(TinyIssuer.Sign("alice", _issuer.Address, OpenIddictIssuer.BrowserAudience, new Microsoft.IdentityModel.Tokens.RsaSecurityKey(other) { KeyId = "unknown" })));

        await AssertReadyAsync(server, "degraded", HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("GET", "/api/me/export", new(token))).Status);
        await server.Log.FindAsync("the last keys hold until then").SoonAsync();

        await _issuer.RunAsync();
        await server.Log.FindAsync("is read again").SoonAsync();
        await AssertReadyAsync(server, "ok", HttpStatusCode.OK);
        Assert.Single(server.Log.Text.Split('\n'), line => line.Contains("cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_issuer_that_is_away_at_the_start_makes_tokens_unavailable_until_it_is_there()
    {
        var token = await _issuer.ServiceTokenAsync();
        await _issuer.StopAsync();
        await using var server = await StartAsync();

        var refused = await server.HttpRefusedAsync(ErrorCodes.Unavailable, HttpStatusCode.ServiceUnavailable, "GET", "/api/directory/users", new(token));
        Assert.NotNull(refused.Header("Retry-After"));
        await AssertReadyAsync(server, "down", HttpStatusCode.ServiceUnavailable);
        // What needs no token of the issuer works.
        Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("GET", "/api/directory/users", Credentials.Service)).Status);
        await server.HttpRefusedAsync(ErrorCodes.Unauthenticated, HttpStatusCode.Unauthorized, "GET", "/api/me/export", Credentials.None);

        await _issuer.RunAsync();
        await server.Log.FindAsync("is read again").SoonAsync();
        Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("GET", "/api/directory/users", new(token))).Status);
        await AssertReadyAsync(server, "ok", HttpStatusCode.OK);
        Assert.Single(server.Log.Text.Split('\n'), line => line.Contains("no token can be checked until then", StringComparison.Ordinal));
    }

    private Task<LiveServer> StartAsync() => LiveServer.StartAsync(
        ("Auth:Authority", _issuer.Address), ("Auth:Audiences:0", OpenIddictIssuer.BrowserAudience), ("Auth:Audiences:1", OpenIddictIssuer.ServiceAudience));

    private static async Task AssertReadyAsync(LiveServer server, string issuer, HttpStatusCode status)
    {
        var answer = await server.HealthAsync(issuer);
        Assert.Equal((issuer, status), (answer.Read<Health>().Dependencies["issuer"], answer.Status));
    }

    private async Task BringAsync(LiveServer server, string name)
    {
        var person = new DirectoryUserInput { Username = name, DisplayName = name, BirthDate = "1990-05-17" };
        Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("PUT", $"/api/directory/users/{name}", new(await _issuer.ServiceTokenAsync()), person)).Status);
    }
}
