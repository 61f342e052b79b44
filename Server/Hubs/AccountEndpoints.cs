using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Server.People;

namespace ChatHub.Server.Hubs;

/// <summary>The door: built-in accounts and their sessions. Not there with an external issuer.</summary>
public static class AccountEndpoints
{
    private const string SessionsPath = "/api/sessions";
    private const string Cookie = "chathub_refresh";

    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").WithTags("Accounts");
        group.MapPost("/api/accounts", SignUpAsync).WithSummary("Signs up.").Produces<Session>(StatusCodes.Status201Created);
        group.MapPost(SessionsPath, SignInAsync).WithSummary("Signs in, with a refresh cookie besides.").Produces<Session>();
        group.MapPost($"{SessionsPath}/refresh", RefreshAsync).WithSummary("A new access token for the refresh cookie.").Produces<Session>();
        group.MapDelete($"{SessionsPath}/current", SignOutAsync).WithSummary("Signs out.").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> SignUpAsync(
        SignUpInput input, HttpContext http, AccountService accounts, AccessTokens tokens, RateLimits limits, CancellationToken cancellation)
    {
        limits.SignUp(Address(http));
        return Results.Json(tokens.Issue(await accounts.SignUpAsync(input, cancellation)), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> SignInAsync(
        SignInInput input, HttpContext http, AccountService accounts, RefreshSessions sessions, AccessTokens tokens, RateLimits limits,
        CancellationToken cancellation)
    {
        var (address, username) = (Address(http), input.Username?.ToLowerInvariant() ?? "");
        limits.SignIn(address, username);
        try
        {
            var person = await accounts.SignInAsync(input, cancellation);
            limits.SignedIn(address, username);
            SetCookie(http, await sessions.StartAsync(person.UserKey, cancellation));
            return Results.Json(tokens.Issue(person));
        }
        catch (ChatHubException e) when (e.Code == ErrorCodes.InvalidCredentials)
        {
            limits.SignInFailed(address, username);
            throw;
        }
    }

    private static async Task<IResult> RefreshAsync(
        HttpContext http, RefreshSessions sessions, AccessTokens tokens, CancellationToken cancellation)
    {
        var cookie = http.Request.Cookies[Cookie] ?? throw Errors.Unauthenticated();
        var (person, next) = await sessions.RotateAsync(cookie, cancellation);
        if (next is not null)
            SetCookie(http, next);
        return Results.Json(tokens.Issue(person));
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, RefreshSessions sessions, CancellationToken cancellation)
    {
        if (http.Request.Cookies[Cookie] is { } cookie)
            await sessions.EndAsync(cookie, cancellation);
        http.Response.Cookies.Delete(Cookie, CookieOptions(http));
        return Results.NoContent();
    }

    private static void SetCookie(HttpContext http, string token)
    {
        var options = CookieOptions(http);
        options.MaxAge = RefreshSessions.Lifetime;
        http.Response.Cookies.Append(Cookie, token, options);
    }

    private static CookieOptions CookieOptions(HttpContext http) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
        Path = http.RequestServices.GetRequiredService<PathBase>().Of(SessionsPath),
    };

    private static string Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";
}
