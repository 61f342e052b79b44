using System.Net;
using ChatHub.Contracts;

namespace ChatHub.Tests.Infrastructure;

/// <summary>Signing in, staying signed in, and what shows that a session has ended.</summary>
public static class SessionCalls
{
    public static Task<HttpResult> SignInAsync(this ITestServer server, Account account, string? device = null) =>
        server.SignInAsync(account.Username, Account.Password, device);

    public static Task<HttpResult> SignInAsync(this ITestServer server, string username, string password, string? device = null) => server.HttpAsync(
        "POST", "/api/sessions", new() { Headers = device is null ? [] : [("User-Agent", device)] }, new SignInInput { Username = username, Password = password });

    public static Task<HttpResult> RefreshAsync(this ITestServer server, string? cookie) =>
        server.HttpAsync("POST", "/api/sessions/refresh", new(Cookie: cookie));

    public static Task<HttpResult> RefreshRefusedAsync(this ITestServer server, string? cookie) => server.HttpRefusedAsync(
        ErrorCodes.Unauthenticated, HttpStatusCode.Unauthorized, "POST", "/api/sessions/refresh", new(Cookie: cookie));

    public static async Task<IReadOnlyList<SessionInfo>> ListSessionsAsync(this ITestServer server, string token) =>
        (await server.HttpAsync("GET", "/api/me/sessions", new(token))).Read<Page<SessionInfo>>().Items;

    /// <summary>Whether the token is accepted.</summary>
    public static async Task<bool> IsGoodAsync(this ITestServer server, string token) =>
        (await server.HttpAsync("DELETE", "/api/me/avatar", new(token))).Status == HttpStatusCode.NoContent;

    public static string AccessToken(this HttpResult answer) => answer.Read<Session>().AccessToken;

    /// <summary>As a browser sends it back: name and value.</summary>
    public static string RefreshCookie(this HttpResult answer) => answer.Header("Set-Cookie")!.Split("; ")[0];
}
