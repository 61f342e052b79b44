using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatHub.Server.Hosting;

/// <summary>The OpenAPI description of the HTTP part, made from the endpoints themselves.</summary>
public static class OpenApiSetup
{
    public const string Path = "/openapi/v1.json";

    private const string Bearer = "bearer";
    private const string Key = "serviceKey";
    private const string ProblemJson = "application/problem+json";

    public static void AddOpenApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0;
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(DescribeAsync);
        options.AddSchemaTransformer(DescribeAsync);
    });

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new() { Title = "ChatHub", Version = "1", Description = "The HTTP part. Everything live goes over the SignalR hub at /hubs/chat." };
        // On the host that was asked.
        var mounted = context.ApplicationServices.GetRequiredService<PathBase>().Value;
        document.Servers = mounted.Length > 0 ? [new() { Url = mounted }] : [];
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" },
            [Key] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = ServiceKeyHandler.Header },
        };
        return Task.CompletedTask;
    }

    /// <summary>Who may call it, and how it refuses.</summary>
    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "Refused: problem details with a code.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [ProblemJson] = new() { Schema = await context.GetOrCreateSchemaAsync(typeof(Contracts.Problem), null, cancellation) },
            },
        };

        var policies = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Select(data => data.Policy).ToList();
        if (policies.Count == 0)
            return;
        operation.Security = [];
        if (!policies.Contains(Authentication.Services))
            operation.Security.Add(Needs(Bearer, context.Document));
        if (policies.Exists(policy => policy is Authentication.Services or Authentication.ServicesAndUsers))
            operation.Security.Add(Needs(Key, context.Document));
    }

    /// <summary>What the wire's own converters write, which cannot be seen from outside them.</summary>
    private static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(DateTimeOffset))
            (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
        if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. Enum.GetNames(type).Select(name => System.Text.Json.Nodes.JsonValue.Create(char.ToLowerInvariant(name[0]) + name[1..]))];
        }

        return Task.CompletedTask;
    }

    private static OpenApiSecurityRequirement Needs(string scheme, OpenApiDocument? document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
