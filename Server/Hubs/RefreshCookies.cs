using ChatHub.Server.Hosting;
using ChatHub.Server.Hosting.Settings;
using ChatHub.Server.People.Accounts;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Hubs;

/// <summary>The refresh cookie: for the session endpoints alone, and for no script.</summary>
public sealed class RefreshCookies(IOptions<HttpOptions> options, IConfiguration configuration, PathBase pathBase, TimeProvider time)
{
    /// <summary>The endpoints that it is sent to.</summary>
    public const string Path = "/api/sessions";

    internal const string Name = "chathub_refresh";

    private readonly bool _isHttpsConfigured =
        ListenAddresses.Of(configuration).Any(address => address.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase));

    public static string? Read(HttpContext http) => http.Request.Cookies[Name];

    public void Write(HttpContext http, SignedIn signedIn)
    {
        if (signedIn.Cookie is null)
            return;
        var cookie = Options(http);
        cookie.MaxAge = signedIn.CookieExpiresAt - time.GetUtcNow();
        http.Response.Cookies.Append(Name, signedIn.Cookie, cookie);
    }

    public void Delete(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http));

    private CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps || !IsPlainHttp(http),
        Path = pathBase.Of(Path),
    };

    // Configured: this server listens without TLS, and no proxy stands before it, or a known one says that it was called without.
    private bool IsPlainHttp(HttpContext http) =>
        !_isHttpsConfigured && (options.Value.KnownProxies.Count == 0 || http.Request.Headers.ContainsKey("X-Original-Proto"));
}
