using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Hosting;

/// <summary>
/// Which web pages may call: those of this server, and those of <c>Http:AllowedOrigins</c>. Browsers do not hold WebSockets
/// to CORS, so whatever names a foreign origin is refused here. Programs name none.
/// </summary>
public static class Origins
{
    private static readonly TimeSpan PreflightMaxAge = TimeSpan.FromMinutes(10);

    public static void AddOrigins(this IServiceCollection services)
    {
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<HttpOptions>>((cors, http) => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. http.Value.AllowedOrigins])
            .AllowAnyMethod().AllowAnyHeader().AllowCredentials()
            .WithExposedHeaders("Retry-After")
            .SetPreflightMaxAge(PreflightMaxAge)));
    }

    public static void UseOrigins(this WebApplication app)
    {
        var allowed = app.Services.GetRequiredService<IOptions<HttpOptions>>().Value.AllowedOrigins.ToHashSet(StringComparer.OrdinalIgnoreCase);
        app.Use((http, next) => http.Request.Headers.Origin is [{ Length: > 0 } origin] && !IsSame(origin, http.Request) && !allowed.Contains(origin)
            ? ProblemDetailsExceptionHandler.WriteAsync(http, Errors.Forbidden())
            : next(http));
        app.UseCors();
    }

    // By host and port alone: behind a proxy that is not known, the scheme here is not the browser's.
    private static bool IsSame(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase)
        && (request.Host.Port is { } port ? uri.Port == port : uri.IsDefaultPort);
}
