using ChatHub.Server.Hosting.Embedding;
using ChatHub.Server.Hubs;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatHub.Server.Hosting.OpenApi;

/// <summary>The OpenAPI description of the HTTP part, made from the endpoints themselves.</summary>
public static class OpenApiSetup
{
    public const string Path = "/openapi/v1.json";

    internal const string Bearer = "bearer";
    internal const string Key = "serviceKey";
    internal const string Cookie = "refreshCookie";
    internal const string Host = "host";

    public static void AddOpenApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0;
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(OperationDescriber.DescribeAsync);
        options.AddSchemaTransformer(SchemaDescriber.DescribeAsync);
    });

    /// <summary>Whether users are those of the application that ChatHub is embedded in.</summary>
    internal static bool HasHost(IServiceProvider services) => services.GetService<EmbeddingHost>() is { Options.UseHostAuthentication: true };

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new() { Title = "ChatHub", Version = "1", Description = "The HTTP part. Everything live goes over the SignalR hub at /hubs/chat." };
        // On the host that was asked.
        var mounted = context.ApplicationServices.GetRequiredService<PathBase>().Value;
        document.Servers = mounted.Length > 0 ? [new() { Url = mounted }] : [];
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "An access token, of a session or of the issuer.",
            },
            [Key] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = ServiceKeyHandler.Header,
                Description = "A key of Auth:ServiceKeys: gives the role service.",
            },
            [Cookie] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = RefreshCookies.Name,
                Description = "HttpOnly; set by signing in, replaced by each refresh.",
            },
        };
        if (HasHost(context.ApplicationServices))
        {
            document.Components.SecuritySchemes[Host] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = Host,
                Description = "What the application that ChatHub is embedded in signs its users in with: a cookie, mostly, by whatever name.",
            };
        }

        return Task.CompletedTask;
    }
}
