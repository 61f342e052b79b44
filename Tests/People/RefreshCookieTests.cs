using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.People;

/// <summary>
/// Browsers stay signed in by a cookie that no script can read, and that is another one after each use. One that is used again
/// after it was replaced ends its session.
/// </summary>
public sealed class RefreshCookieTests(ClockServer server) : IClassFixture<ClockServer>
{
    [Fact]
    public async Task The_cookie_is_for_the_browser_alone()
    {
        var answer = await server.SignInAsync(await Account.SignUpAsync(server, "alice"));
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
        var first = (await server.SignInAsync(alice)).RefreshCookie();
        server.Time.Advance(TimeSpan.FromMinutes(1));
        var refreshed = await server.RefreshAsync(first);
        var session = refreshed.Read<Session>();
        Assert.Equal((alice.Id, HttpStatusCode.OK), (session.User.UserId, refreshed.Status));
        Assert.NotEqual(first, refreshed.RefreshCookie());
        Assert.NotEqual(alice.Token, session.AccessToken);
        Assert.True(await server.IsGoodAsync(session.AccessToken));
        Assert.Equal(HttpStatusCode.OK, (await server.RefreshAsync(refreshed.RefreshCookie())).Status);
    }

    [Fact]
    public async Task Two_tabs_may_use_the_same_cookie_within_10_seconds()
    {
        var first = (await server.SignInAsync(await Account.SignUpAsync(server, "alice"))).RefreshCookie();
        var second = (await server.RefreshAsync(first)).RefreshCookie();
        server.Time.Advance(TimeSpan.FromSeconds(10));
        var tab = await server.RefreshAsync(first);
        // The one in use is to be kept.
        Assert.Equal((HttpStatusCode.OK, null), (tab.Status, tab.Header("Set-Cookie")));
        Assert.Equal(HttpStatusCode.OK, (await server.RefreshAsync(second)).Status);
    }

    [Fact]
    public async Task A_cookie_that_was_replaced_is_a_copy_in_the_wrong_hands_and_ends_the_session()
    {
        var first = (await server.SignInAsync(await Account.SignUpAsync(server, "alice"))).RefreshCookie();
        var second = (await server.RefreshAsync(first)).RefreshCookie();
        server.Time.Advance(TimeSpan.FromSeconds(10) + TimeSpan.FromMilliseconds(1));
        await server.RefreshRefusedAsync(first);
        await server.RefreshRefusedAsync(second);
    }

    [Fact]
    public async Task A_stolen_cookie_ends_the_session_however_often_it_was_refreshed_since()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        var stolen = (await server.SignInAsync(alice)).RefreshCookie();
        var latest = await server.RefreshAsync(stolen);
        for (var i = 0; i < 5; i++)
        {
            server.Time.Advance(TimeSpan.FromMinutes(1));
            latest = await server.RefreshAsync(latest.RefreshCookie());
        }

        using var live = await RawHub.ConnectAsync(server, latest.AccessToken());
        await server.RefreshRefusedAsync(stolen);

        await live.ClosedAsync();
        await server.RefreshRefusedAsync(latest.RefreshCookie());
        Assert.False(await server.IsGoodAsync(latest.AccessToken()));
    }

    [Fact]
    public async Task Three_tabs_that_refresh_at_once_are_no_theft()
    {
        var first = (await server.SignInAsync(await Account.SignUpAsync(server, "alice"))).RefreshCookie();
        var second = (await server.RefreshAsync(first)).RefreshCookie();
        var third = (await server.RefreshAsync(second)).RefreshCookie();
        server.Time.Advance(TimeSpan.FromSeconds(10));
        foreach (var replaced in (string[])[first, second])
            Assert.Equal((HttpStatusCode.OK, null), ((await server.RefreshAsync(replaced)).Status, (await server.RefreshAsync(replaced)).Header("Set-Cookie")));
        Assert.Equal(HttpStatusCode.OK, (await server.RefreshAsync(third)).Status);
    }

    [Fact]
    public async Task An_unknown_cookie_writes_nothing()
    {
        var known = (await server.SignInAsync(await Account.SignUpAsync(server, "alice"))).RefreshCookie();
        var before = await server.Database.ContentAsync();
        for (var i = 0; i < 3; i++)
            await server.RefreshRefusedAsync($"chathub_refresh={new string((char)('A' + i), 43)}.{known.Split('.')[1]}");
        Assert.Equal(before, await server.Database.ContentAsync());
    }

    [Fact]
    public async Task A_session_lasts_180_days_at_most()
    {
        var latest = await server.SignInAsync(await Account.SignUpAsync(server, "alice"));
        for (var day = 20; day < 180; day += 20)
        {
            server.Time.Advance(TimeSpan.FromDays(20));
            latest = await server.RefreshAsync(latest.RefreshCookie());
            Assert.Equal(HttpStatusCode.OK, latest.Status);
        }

        Assert.Contains("max-age=1728000", latest.Header("Set-Cookie"), StringComparison.Ordinal);
        Assert.True(latest.Read<Session>().ExpiresAt <= server.Time.GetUtcNow().AddDays(20));
        server.Time.Advance(TimeSpan.FromDays(20));
        await server.RefreshRefusedAsync(latest.RefreshCookie());
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
    public async Task A_session_ends_with_its_account_and_after_30_days_without_use()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        var cookie = (await server.SignInAsync(alice)).RefreshCookie();
        await server.HttpAsync("DELETE", $"/api/directory/users/{alice.Id}", Credentials.Service);
        await server.RefreshRefusedAsync(cookie);

        cookie = (await server.SignInAsync(await Account.SignUpAsync(server, "bob"))).RefreshCookie();
        server.Time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        cookie = (await server.RefreshAsync(cookie)).RefreshCookie();
        server.Time.Advance(TimeSpan.FromDays(30));
        await server.RefreshRefusedAsync(cookie);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("chathub_refresh=")]
    [InlineData("chathub_refresh=nonsense")]
    [InlineData("other=nonsense")]
    public Task Anything_else_is_refused(string? cookie) => server.RefreshRefusedAsync(cookie);
}
