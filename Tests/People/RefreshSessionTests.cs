using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.People;

/// <summary>Browsers stay signed in by a cookie that no script can read, and that is another one after each use.</summary>
public sealed class RefreshSessionTests(ClockServer server) : IClassFixture<ClockServer>
{
    [Fact]
    public async Task The_cookie_is_for_the_browser_alone()
    {
        var answer = await SignInAsync(await Account.SignUpAsync(server, "alice"));
        var cookie = answer.Header("Set-Cookie")!.Split("; ");
        Assert.StartsWith("chathub_refresh=", cookie[0], StringComparison.Ordinal);
        // Secure only over https, so that http://localhost works.
        Assert.Equal(["httponly", "max-age=2592000", "path=/api/sessions", "samesite=strict"], cookie[1..].Order());
        Assert.DoesNotContain(cookie[0].Split('=')[1], await server.Database.ContentAsync(), StringComparison.Ordinal);
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
        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", "/api/me/avatar", new(session.AccessToken))).Status);
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

    private Task<HttpResult> SignInAsync(Account account) => server.HttpAsync(
        "POST", "/api/sessions", Credentials.None, new SignInInput { Username = account.Username, Password = Account.Password });

    private Task<HttpResult> RefreshAsync(string? cookie) => server.HttpAsync("POST", "/api/sessions/refresh", new(Cookie: cookie));

    private Task<HttpResult> RefusedAsync(string? cookie) => server.HttpRefusedAsync(
        ErrorCodes.Unauthenticated, HttpStatusCode.Unauthorized, "POST", "/api/sessions/refresh", new(Cookie: cookie));

    private static string Cookie(HttpResult answer) => answer.Header("Set-Cookie")!.Split("; ")[0];
}
