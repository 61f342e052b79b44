using System.Net;
using ChatHub.Contracts;
using ChatHub.Server.People.Accounts;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.People;

/// <summary>
/// Browsers stay signed in by a cookie that no script can read, and that is another one after each use. What ends a session
/// closes its connections and refuses its tokens.
/// </summary>
public sealed class SessionTests(ClockServer server) : IClassFixture<ClockServer>
{
    [Fact]
    public async Task The_cookie_is_for_the_browser_alone()
    {
        var answer = await SignInAsync(await Account.SignUpAsync(server, "alice"));
        var cookie = answer.Header("Set-Cookie")!.Split("; ");
        Assert.StartsWith("chathub_refresh=", cookie[0], StringComparison.Ordinal);
        // Secure only over https, so that http://localhost works.
        Assert.Equal(["httponly", "max-age=2592000", "path=/api/sessions", "samesite=strict"], cookie[1..].Order());
        Assert.All(cookie[0].Split('=')[1].Split('.'), half => Assert.Equal(43, half.Length));
        Assert.DoesNotContain(cookie[0].Split('=')[1].Split('.')[0], await server.Database.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_use_gives_a_new_token_and_a_new_cookie()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        var first = Cookie(await SignInAsync(alice));
        server.Time.Advance(TimeSpan.FromMinutes(1));
        var refreshed = await RefreshAsync(first);
        var session = refreshed.Read<Session>();
        Assert.Equal((alice.Id, HttpStatusCode.OK), (session.User.UserId, refreshed.Status));
        Assert.NotEqual(first, Cookie(refreshed));
        Assert.NotEqual(alice.Token, session.AccessToken);
        Assert.True(await IsGoodAsync(session.AccessToken));
        Assert.Equal(HttpStatusCode.OK, (await RefreshAsync(Cookie(refreshed))).Status);
    }

    [Fact]
    public async Task Two_tabs_may_use_the_same_cookie_within_10_seconds()
    {
        var first = Cookie(await SignInAsync(await Account.SignUpAsync(server, "alice")));
        var second = Cookie(await RefreshAsync(first));
        server.Time.Advance(TimeSpan.FromSeconds(10));
        var tab = await RefreshAsync(first);
        // The one in use is to be kept.
        Assert.Equal((HttpStatusCode.OK, null), (tab.Status, tab.Header("Set-Cookie")));
        Assert.Equal(HttpStatusCode.OK, (await RefreshAsync(second)).Status);
    }

    [Fact]
    public async Task A_cookie_that_was_replaced_is_a_copy_in_the_wrong_hands_and_ends_the_session()
    {
        var first = Cookie(await SignInAsync(await Account.SignUpAsync(server, "alice")));
        var second = Cookie(await RefreshAsync(first));
        server.Time.Advance(TimeSpan.FromSeconds(10) + TimeSpan.FromMilliseconds(1));
        await RefusedAsync(first);
        await RefusedAsync(second);
    }

    [Fact]
    public async Task A_stolen_cookie_ends_the_session_however_often_it_was_refreshed_since()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        var stolen = Cookie(await SignInAsync(alice));
        var latest = await RefreshAsync(stolen);
        for (var i = 0; i < 5; i++)
        {
            server.Time.Advance(TimeSpan.FromMinutes(1));
            latest = await RefreshAsync(Cookie(latest));
        }

        using var live = await RawHub.ConnectAsync(server, Token(latest));
        await RefusedAsync(stolen);

        await ClosedAsync(live);
        await RefusedAsync(Cookie(latest));
        Assert.False(await IsGoodAsync(Token(latest)));
    }

    [Fact]
    public async Task Three_tabs_that_refresh_at_once_are_no_theft()
    {
        var first = Cookie(await SignInAsync(await Account.SignUpAsync(server, "alice")));
        var second = Cookie(await RefreshAsync(first));
        var third = Cookie(await RefreshAsync(second));
        server.Time.Advance(TimeSpan.FromSeconds(10));
        foreach (var replaced in (string[])[first, second])
            Assert.Equal((HttpStatusCode.OK, null), ((await RefreshAsync(replaced)).Status, (await RefreshAsync(replaced)).Header("Set-Cookie")));
        Assert.Equal(HttpStatusCode.OK, (await RefreshAsync(third)).Status);
    }

    [Fact]
    public async Task An_unknown_cookie_writes_nothing()
    {
        var known = Cookie(await SignInAsync(await Account.SignUpAsync(server, "alice")));
        var before = await server.Database.ContentAsync();
        for (var i = 0; i < 3; i++)
            await RefusedAsync($"chathub_refresh={new string((char)('A' + i), 43)}.{known.Split('.')[1]}");
        Assert.Equal(before, await server.Database.ContentAsync());
    }

    [Fact]
    public async Task A_session_lasts_180_days_at_most()
    {
        var latest = await SignInAsync(await Account.SignUpAsync(server, "alice"));
        for (var day = 20; day < 180; day += 20)
        {
            server.Time.Advance(TimeSpan.FromDays(20));
            latest = await RefreshAsync(Cookie(latest));
            Assert.Equal(HttpStatusCode.OK, latest.Status);
        }

        Assert.Contains("max-age=1728000", latest.Header("Set-Cookie"), StringComparison.Ordinal);
        Assert.True(latest.Read<Session>().ExpiresAt <= server.Time.GetUtcNow().AddDays(20));
        server.Time.Advance(TimeSpan.FromDays(20));
        await RefusedAsync(Cookie(latest));
    }

    [Fact]
    public async Task A_token_does_not_outlast_30_days_without_use_of_its_session()
    {
        var session = (await SignInAsync(await Account.SignUpAsync(server, "alice"))).Read<Session>();

        Assert.InRange(server.Time.GetUtcNow().AddDays(30) - session.ExpiresAt, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_token_of_signing_up_and_its_connection_are_good_for_60_s_after_it_expired()
    {
        await using var hourly = await InProcessServer.StartAsync(("Auth:AccessTokenMinutes", "60"));
        var sessions = hourly.Services.GetRequiredService<SessionService>();
        var alice = await Account.SignUpAsync(hourly, "alice");
        using var live = await RawHub.ConnectAsync(hourly, alice.Token);

        hourly.Time.Advance(alice.Session.ExpiresAt.AddSeconds(30) - hourly.Time.GetUtcNow());
        await sessions.PruneAsync(TestTimeouts.Token);
        Assert.Equal(HttpStatusCode.NoContent, (await CallAsync()).Status);
        // What the watch over ended sessions goes by.
        Assert.Single(await hourly.Database.ListAsync<string>("SELECT session_id FROM sessions"));
        Assert.Equal(alice.Id, (await live.InvokeAsync("GetMe", "{}")).GetProperty("result").GetProperty("user").GetProperty("userId").GetString());

        hourly.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync()).Status);
        await hourly.Time.AdvanceUntilAsync(CloseAsync());

        Task<HttpResult> CallAsync() => hourly.HttpAsync("DELETE", "/api/me/avatar", new(alice.Token));

        async Task<bool> CloseAsync()
        {
            await ClosedAsync(live);
            return true;
        }
    }

    [Fact]
    public async Task Signing_out_closes_the_sessions_connections_and_refuses_its_tokens()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        var (laptop, phone) = (await SignInAsync(alice), await SignInAsync(alice));
        using var here = await RawHub.ConnectAsync(server, Token(laptop));
        using var there = await RawHub.ConnectAsync(server, Token(phone));

        await server.HttpAsync("DELETE", "/api/sessions/current", new(Cookie: Cookie(laptop)));

        await ClosedAsync(here);
        Assert.False(await IsGoodAsync(Token(laptop)));
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => RawHub.ConnectAsync(server, Token(laptop)));
        Assert.Equal(alice.Id, (await there.InvokeAsync("GetMe", "{}")).GetProperty("result").GetProperty("user").GetProperty("userId").GetString());
    }

    [Fact]
    public async Task A_user_sees_where_they_are_signed_in_and_ends_one_or_all_others()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        server.Time.Advance(TimeSpan.FromMinutes(1));
        var phone = await SignInAsync(alice, "Phone/1.0");
        server.Time.Advance(TimeSpan.FromMinutes(1));
        var laptop = await SignInAsync(alice, "Laptop/2.0");
        using var live = await RawHub.ConnectAsync(server, Token(phone));

        var sessions = await ListAsync(Token(laptop));
        Assert.Equal(["Laptop/2.0", "Phone/1.0", null], sessions.Select(session => session.Device));
        Assert.Equal([true, false, false], sessions.Select(session => session.IsCurrent));
        Assert.All(sessions, session => Assert.Equal("127.0.0.1", session.Address));
        Assert.Equal(server.Time.GetUtcNow(), sessions[0].LastUsedAt);
        Assert.Equal(TimeSpan.FromMinutes(1), sessions[0].BegunAt - sessions[1].BegunAt);

        // Another user's session is none that could be ended.
        var bob = await Account.SignUpAsync(server, "bob");
        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", $"/api/me/sessions/{sessions[1].SessionId}", new(bob.Token))).Status);
        Assert.True(await IsGoodAsync(Token(phone)));

        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", $"/api/me/sessions/{sessions[1].SessionId}", new(Token(laptop)))).Status);
        await ClosedAsync(live);
        Assert.False(await IsGoodAsync(Token(phone)));

        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", "/api/me/sessions", new(Token(laptop)))).Status);
        Assert.False(await IsGoodAsync(alice.Token));
        Assert.Equal(sessions[0].SessionId, Assert.Single(await ListAsync(Token(laptop))).SessionId);
    }

    [Fact]
    public async Task A_user_has_100_sessions_at_most()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        var oldest = await SignInAsync(alice);
        var copied = (await ListAsync(Token(oldest)))[0].SessionId;
        // By sign-ins each would hash a password.
        for (var i = 1; i < 100; i++)
        {
            await server.Database.ExecuteAsync(
                """
                INSERT INTO sessions (session_id, user_key, family_hash, token_hash, device, address, begun_at, used_at, expires_at, ends_at)
                SELECT @id, user_key, @id, @id, device, address, begun_at + @i, used_at + @i, expires_at, ends_at FROM sessions WHERE session_id = @copied
                """,
                new { id = $"copy-{i}-of-{alice.Id}"[..32], i = (long)i, copied });
        }

        server.Time.Advance(TimeSpan.FromMinutes(1));
        await SignInAsync(alice);

        Assert.False(await IsGoodAsync(Token(oldest)));
        Assert.False(await IsGoodAsync(alice.Token));
    }

    [Fact]
    public async Task The_host_ends_all_sessions_and_connections_of_a_user()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        var brought = await Account.BringAsync(server, "bob");
        var phone = await SignInAsync(alice);
        using var hers = await RawHub.ConnectAsync(server, Token(phone));
        using var his = await RawHub.ConnectAsync(server, brought.Token);

        foreach (var id in (string[])[alice.Id, brought.Id])
            Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", $"/api/directory/users/{id}/sessions", Credentials.Service)).Status);

        await ClosedAsync(hers);
        await ClosedAsync(his);
        Assert.False(await IsGoodAsync(Token(phone)));
        Assert.False(await IsGoodAsync(alice.Token));
        Assert.False(await IsGoodAsync(brought.Token));
        await RefusedAsync(Cookie(phone));
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync(alice)).Status);
        await server.HttpRefusedAsync(ErrorCodes.UserNotFound, HttpStatusCode.NotFound, "DELETE", "/api/directory/users/nonexistent/sessions", Credentials.Service);
    }

    [Fact]
    public async Task A_session_that_ended_unnoticed_loses_its_connections_within_30_seconds()
    {
        var session = await SignInAsync(await Account.SignUpAsync(server, "alice"));
        using var live = await RawHub.ConnectAsync(server, Token(session));
        // As another instance does while no word of it comes through.
        await server.Database.ExecuteAsync("DELETE FROM sessions WHERE user_key = (SELECT user_key FROM users WHERE user_id = @id)", new { id = session.Read<Session>().User.UserId });

        await server.Time.AdvanceUntilAsync(CloseAsync());

        async Task<bool> CloseAsync()
        {
            await ClosedAsync(live);
            return true;
        }
    }

    [Fact]
    public async Task The_cookie_is_secure_unless_plain_http_is_configured()
    {
        await using var behindProxy = await InProcessServer.StartAsync(("Http:KnownProxies:0", "127.0.0.1"));
        var alice = await Account.SignUpAsync(behindProxy, "alice");
        foreach (var (proto, isSecure) in (IEnumerable<(string?, bool)>)[("https", true), ("http", false), (null, true)])
        {
            var pass = new Credentials { Headers = proto is null ? [] : [("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Proto", proto)] };
            var answer = await behindProxy.HttpAsync("POST", "/api/sessions", pass, new SignInInput { Username = alice.Username, Password = Account.Password });
            Assert.Equal(isSecure, answer.Header("Set-Cookie")!.Contains("; secure", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Signing_out_ends_this_session_and_no_other()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        var laptop = Cookie(await SignInAsync(alice));
        var phone = Cookie(await SignInAsync(alice));
        var answer = await server.HttpAsync("DELETE", "/api/sessions/current", new(Cookie: laptop));
        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.StartsWith("chathub_refresh=; expires=Thu, 01 Jan 1970", answer.Header("Set-Cookie"), StringComparison.Ordinal);

        await RefusedAsync(laptop);
        Assert.Equal(HttpStatusCode.OK, (await RefreshAsync(phone)).Status);
        // Signed out already, or never signed in.
        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", "/api/sessions/current", new(Cookie: laptop))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", "/api/sessions/current", Credentials.None)).Status);
    }

    [Fact]
    public async Task A_session_ends_with_its_account_and_after_30_days_without_use()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        var cookie = Cookie(await SignInAsync(alice));
        await server.HttpAsync("DELETE", $"/api/directory/users/{alice.Id}", Credentials.Service);
        await RefusedAsync(cookie);

        cookie = Cookie(await SignInAsync(await Account.SignUpAsync(server, "bob")));
        server.Time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        cookie = Cookie(await RefreshAsync(cookie));
        server.Time.Advance(TimeSpan.FromDays(30));
        await RefusedAsync(cookie);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("chathub_refresh=")]
    [InlineData("chathub_refresh=nonsense")]
    [InlineData("other=nonsense")]
    public Task Anything_else_is_refused(string? cookie) => RefusedAsync(cookie);

    private async Task<IReadOnlyList<SessionInfo>> ListAsync(string token) =>
        (await server.HttpAsync("GET", "/api/me/sessions", new(token))).Read<Page<SessionInfo>>().Items;

    private async Task<bool> IsGoodAsync(string token) =>
        (await server.HttpAsync("DELETE", "/api/me/avatar", new(token))).Status == HttpStatusCode.NoContent;

    private static async Task ClosedAsync(RawHub hub)
    {
        while (await hub.ReceiveAsync().SoonAsync() is not null)
        {
            // Position comes before the end.
        }
    }

    private static string Token(HttpResult answer) => answer.Read<Session>().AccessToken;

    private Task<HttpResult> SignInAsync(Account account, string? device = null) => server.HttpAsync(
        "POST", "/api/sessions", new() { Headers = device is null ? [] : [("User-Agent", device)] }, new SignInInput { Username = account.Username, Password = Account.Password });

    private Task<HttpResult> RefreshAsync(string? cookie) => server.HttpAsync("POST", "/api/sessions/refresh", new(Cookie: cookie));

    private Task<HttpResult> RefusedAsync(string? cookie) => server.HttpRefusedAsync(
        ErrorCodes.Unauthenticated, HttpStatusCode.Unauthorized, "POST", "/api/sessions/refresh", new(Cookie: cookie));

    private static string Cookie(HttpResult answer) => answer.Header("Set-Cookie")!.Split("; ")[0];
}
