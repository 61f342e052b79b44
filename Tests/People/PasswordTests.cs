using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.People;

/// <summary>Which passwords are taken, and how they are changed and reset.</summary>
public sealed class PasswordTests(ClockServer server) : IClassFixture<ClockServer>
{
    private const string Next = "a stick and patience";

    [Theory]
    [InlineData("password1")]
    [InlineData("Password1")]
    [InlineData("qwertyuiop")]
    [InlineData("12345678")]
    [InlineData("baseball")]
    [InlineData("1234567")]
    [InlineData("with\u0001control")]
    [InlineData("with\u200Bnothing")]
    public async Task A_common_short_or_invisible_password_cannot_be_signed_up_with(string password)
    {
        var refused = await SignUpAsync(Account.UniqueName("alice"), password);
        Assert.Equal((ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest), (refused.Code, refused.Status));
        Assert.StartsWith("password", refused.Json.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_username_is_no_password()
    {
        var name = Account.UniqueName("alice_liddell");
        Assert.Equal(ErrorCodes.InvalidArgument, (await SignUpAsync(name, name.ToUpperInvariant())).Code);
        Assert.Equal(HttpStatusCode.Created, (await SignUpAsync(name, name + "!")).Status);
    }

    [Fact]
    public async Task A_password_typed_composed_matches_decomposed_and_any_space_is_a_space()
    {
        var name = Account.UniqueName("alice");
        Assert.Equal(HttpStatusCode.Created, (await SignUpAsync(name, "caf\u00E9 au\u00A0lait")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.SignInAsync(name, "cafe\u0301 au lait")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SignInAsync(name, "CAF\u00C9 au lait")).Status);
    }

    [Fact]
    public async Task Changing_the_password_needs_the_current_one_and_ends_all_other_sessions()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        var (laptop, phone) = ((await server.SignInAsync(alice)).AccessToken(), await server.SignInAsync(alice));
        using var live = await RawHub.ConnectAsync(server, phone.AccessToken());

        await RefusedAsync(ErrorCodes.InvalidCredentials, HttpStatusCode.Unauthorized, laptop, "a wrong guess", Next);
        await RefusedAsync(ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, laptop, Account.Password, "password1");
        Assert.Equal(HttpStatusCode.NoContent, (await ChangeAsync(laptop, Account.Password, Next)).Status);

        await live.ClosedAsync();

        foreach (var token in (string[])[phone.AccessToken(), alice.Token])
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.HttpAsync("GET", "/api/me/sessions", new(token))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.HttpAsync("POST", "/api/sessions/refresh", new(Cookie: phone.RefreshCookie()))).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("GET", "/api/me/sessions", new(laptop))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SignInAsync(alice)).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.SignInAsync(alice.Username, Next)).Status);
    }

    [Fact]
    public async Task Guesses_at_the_current_password_are_counted_as_those_of_signing_in()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        for (var i = 0; i < 10; i++)
            await RefusedAsync(ErrorCodes.InvalidCredentials, HttpStatusCode.Unauthorized, alice.Token, $"guess number {i}", Next);
        await RefusedAsync(ErrorCodes.RateLimited, HttpStatusCode.TooManyRequests, alice.Token, Account.Password, Next);
        await server.HttpRefusedAsync(
            ErrorCodes.RateLimited, HttpStatusCode.TooManyRequests, "DELETE", $"/api/directory/users/{alice.Id}", new(alice.Token), new EraseInput { Password = Account.Password });
    }

    [Fact]
    public async Task A_reset_code_sets_a_password_once_and_ends_all_sessions()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        var first = await CodeAsync(alice);
        var code = await CodeAsync(alice);
        Assert.DoesNotContain(code.Code, await server.Database.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal(server.Time.GetUtcNow().AddHours(1), code.ExpiresAt);

        // The later one replaces the one before; a bad password uses nothing up.
        await ResetRefusedAsync(ErrorCodes.InvalidCredentials, first.Code, Next);
        await ResetRefusedAsync(ErrorCodes.InvalidArgument, code.Code, "password1");
        await ResetRefusedAsync(ErrorCodes.InvalidArgument, code.Code, alice.Username);
        Assert.Equal(HttpStatusCode.NoContent, (await ResetAsync(code.Code, Next)).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await server.HttpAsync("GET", "/api/me/sessions", new(alice.Token))).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.SignInAsync(alice.Username, Next)).Status);
        await ResetRefusedAsync(ErrorCodes.InvalidCredentials, code.Code, Next);
    }

    [Fact]
    public async Task A_reset_code_is_good_for_an_hour()
    {
        var alice = await Account.SignUpAsync(server, "alice");
        var code = await CodeAsync(alice);
        server.Time.Advance(TimeSpan.FromHours(1));
        await ResetRefusedAsync(ErrorCodes.InvalidCredentials, code.Code, Next);
    }

    [Fact]
    public async Task Wrong_reset_codes_are_counted_by_address()
    {
        await using var own = await InProcessServer.StartAsync();
        for (var i = 0; i < 10; i++)
            await ResetAsync(own, ErrorCodes.InvalidCredentials);
        await ResetAsync(own, ErrorCodes.RateLimited);

        static async Task ResetAsync(ITestServer own, string code) => Assert.Equal(code, (await own.HttpAsync(
            "POST", "/api/accounts/password-reset", Credentials.None, new PasswordResetInput { Code = "AAAAAAAAAAAAAAAAAAAAAA", NewPassword = Next })).Code);
    }

    private async Task<PasswordResetCode> CodeAsync(Account account) =>
        (await server.HttpAsync("POST", $"/api/directory/users/{account.Id}/password-reset", Credentials.Service)).Read<PasswordResetCode>();

    private Task<HttpResult> ResetAsync(string code, string password) => server.HttpAsync(
        "POST", "/api/accounts/password-reset", Credentials.None, new PasswordResetInput { Code = code, NewPassword = password });

    private async Task ResetRefusedAsync(string error, string code, string password) => Assert.Equal(error, (await ResetAsync(code, password)).Code);

    private Task<HttpResult> ChangeAsync(string token, string current, string next) => server.HttpAsync(
        "PUT", "/api/me/password", new(token), new ChangePasswordInput { CurrentPassword = current, NewPassword = next });

    private Task<HttpResult> RefusedAsync(string error, HttpStatusCode status, string token, string current, string next) => server.HttpRefusedAsync(
        error, status, "PUT", "/api/me/password", new(token), new ChangePasswordInput { CurrentPassword = current, NewPassword = next });

    private Task<HttpResult> SignUpAsync(string name, string password) => server.HttpAsync(
        "POST", "/api/accounts", Credentials.None, new SignUpInput { Username = name, Password = password, BirthDate = "1990-05-17" });
}
