using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Server.Hosting.OpenApi;
using ChatHub.Server.People;
using ChatHub.Server.People.Accounts;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Hubs;

/// <summary>Built-in accounts: signing up, in and out. Not there with an external issuer.</summary>
public static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").WithTags("Accounts").WithBodyLimit(BodyLimits.Small);
        group.MapPost("/api/accounts", SignUpAsync).WithName("signUp").Refuses(ErrorCodes.UsernameTaken).WithSummary("Signs up.").Produces<Session>(StatusCodes.Status201Created);
        group.MapPost(RefreshCookies.Path, SignInAsync).WithName("signIn").Refuses(ErrorCodes.InvalidCredentials).WithSummary("Signs in, with a refresh cookie besides.").Produces<Session>();
        group.MapPost($"{RefreshCookies.Path}/refresh", RefreshAsync).WithName("refreshSession").UsesRefreshCookie().WithSummary("A new access token for the refresh cookie.").Produces<Session>();
        group.MapDelete($"{RefreshCookies.Path}/current", SignOutAsync).WithName("signOut").UsesRefreshCookie().WithSummary("Signs out: ends the session of the refresh cookie.")
            .Produces(StatusCodes.Status204NoContent);
        group.MapSessions();
        group.MapPasswords();
    }

    private static async Task<IResult> SignUpAsync(
        SignUpInput input, HttpContext http, AccountService accounts, AccessTokens tokens, RateLimits limits, IOptions<AuthOptions> auth,
        CancellationToken cancellation)
    {
        limits.SignUp(ClientAddress.LimitKey(http));
        var signedIn = await accounts.SignUpAsync(input, Origin(http), auth.Value.AccessTokenLifetime, cancellation);
        return Results.Json(tokens.Issue(signedIn), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> SignInAsync(
        SignInInput input, HttpContext http, AccountService accounts, SessionService sessions, AccessTokens tokens, RefreshCookies cookies,
        PasswordGuesses guesses, RateLimits limits, CancellationToken cancellation)
    {
        Arguments.Required(input, "the body");
        limits.SignIn(ClientAddress.LimitKey(http));
        // What can be no name is refused before anything is remembered of it.
        var name = Usernames.TryKey(Arguments.Required(input.Username, "username")) ?? throw Errors.InvalidArgument("username can be no username.");
        var password = Arguments.Required(input.Password, "password");
        var person = await guesses.TryAsync(http, name, () => accounts.FindAsync(name, password, cancellation));
        var signedIn = await sessions.StartAsync(person, Origin(http), cancellation);
        cookies.Write(http, signedIn);
        return Results.Json(tokens.Issue(signedIn));
    }

    private static async Task<IResult> RefreshAsync(
        HttpContext http, SessionService sessions, AccessTokens tokens, RefreshCookies cookies, CancellationToken cancellation)
    {
        var cookie = RefreshCookies.Read(http) ?? throw Errors.Unauthenticated();
        var signedIn = await sessions.RefreshAsync(cookie, Origin(http), cancellation);
        cookies.Write(http, signedIn);
        return Results.Json(tokens.Issue(signedIn));
    }

    private static async Task<IResult> SignOutAsync(
        HttpContext http, SessionService sessions, RefreshCookies cookies, CancellationToken cancellation)
    {
        if (RefreshCookies.Read(http) is { } cookie)
            await sessions.EndAsync(cookie, cancellation);
        cookies.Delete(http);
        return Results.NoContent();
    }

    private static SessionOrigin Origin(HttpContext http)
    {
        // For people to read: whatever is no printable ASCII is left out.
        var agent = string.Concat(http.Request.Headers.UserAgent.ToString().Where(c => c is >= ' ' and <= '~').Take(SessionOrigin.DeviceMax));
        return new(agent.Length > 0 ? agent : null, ClientAddress.Text(http));
    }
}
