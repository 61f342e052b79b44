using Microsoft.Extensions.Options;

namespace ChatHub.Server.Hosting;

/// <summary>
/// Counts each HTTP request: by service key, by user, else by address. A user's requests and hub calls are one count.
/// Health checks are not counted; static files are served before.
/// </summary>
public static class HttpLimits
{
    private const string ServiceKeys = "service keys";

    public static IApplicationBuilder UseHttpLimits(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<RateLimits>();
        var auth = app.Services.GetRequiredService<IOptions<AuthOptions>>().Value;
        return app.Use((http, next) =>
        {
            if (!http.Request.Path.StartsWithSegments(HealthEndpoints.Path, StringComparison.OrdinalIgnoreCase))
                Count(http, limits, auth);
            return next(http);
        });
    }

    private static void Count(HttpContext http, RateLimits limits, AuthOptions auth)
    {
        var address = ClientAddress.LimitKey(http);
        if (ServiceKeyHandler.KeyOf(http.Request) is { } key)
        {
            limits.SecretGuess(address, ServiceKeys);
            if (auth.IsServiceKey(key))
            {
                limits.SecretGuessSucceeded(address, ServiceKeys);
                limits.ServiceCall(key);
                return;
            }

            limits.SecretGuessFailed(address, ServiceKeys);
        }

        if (http.User.FindUser() is { } user)
            limits.Call(user.Id);
        else
            limits.AddressCall(address);
    }
}
