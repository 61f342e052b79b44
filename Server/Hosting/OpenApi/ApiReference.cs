using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Scalar.AspNetCore;

namespace ChatHub.Server.Hosting.OpenApi;

/// <summary>The OpenAPI description as a page to read and to try, at <see cref="Path"/>: its script is served from here, and it asks no other server.</summary>
internal static class ApiReference
{
    public const string Path = "/docs";

    /// <summary>In development, or where <c>Http:ApiReference</c> says so.</summary>
    public static void MapApiReference(this WebApplication app)
    {
        if (!(app.Services.GetRequiredService<IOptions<HttpOptions>>().Value.ApiReference ?? app.Environment.IsDevelopment()))
            return;
        app.MapScalarApiReference(Path, (options, http) =>
        {
            var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
            options.WithTitle("ChatHub: HTTP").WithNonce(nonce).WithOpenApiRoutePattern(OpenApiSetup.Path)
                .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp();
            http.Response.Headers.ContentSecurityPolicy =
                $"default-src 'none'; script-src 'nonce-{nonce}' 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
                + "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        });
    }
}
