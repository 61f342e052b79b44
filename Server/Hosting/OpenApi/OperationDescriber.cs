using System.Reflection;
using System.Text.Json.Nodes;
using ChatHub.Contracts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatHub.Server.Hosting.OpenApi;

/// <summary>An operation beyond its endpoint's signature: its id, who may call it, its parameters and body, and each code that it refuses with.</summary>
internal static class OperationDescriber
{
    /// <summary>The codes of a response, for programs.</summary>
    public const string CodesExtension = "x-error-codes";

    private const string ProblemJson = "application/problem+json";

    public static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.OperationId ??= IdOf(metadata);
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            Describe(parameter);
        await AddBodyAsync(operation, metadata, context, cancellation);
        AddBytes(operation, metadata);
        AddSecurity(operation, metadata, context);
        await AddRefusalsAsync(operation, metadata, context, cancellation);
    }

    /// <summary>Of an endpoint without a name: its tag and its handler.</summary>
    private static string IdOf(IList<object> metadata)
    {
        var tag = metadata.OfType<ITagsMetadata>().LastOrDefault()?.Tags[0] ?? "";
        var handler = metadata.OfType<MethodInfo>().Last().Name.Replace("Async", "", StringComparison.Ordinal);
        return tag.ToLowerInvariant() + handler;
    }

    // Read as text, so that a bad one gets an error that names it.
    private static void Describe(OpenApiParameter parameter)
    {
        switch (parameter.Name)
        {
            case "limit":
                parameter.Description = "How many items a page has at most.";
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = $"{Limits.PageMax}", Default = Limits.PageDefault };
                break;
            case "cursor":
                parameter.Description = "The nextCursor of the page before; none for the first.";
                break;
            case "state":
                parameter.Description = "Which reports; open by default.";
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["open", "resolved"], Default = "open" };
                break;
        }
    }

    private static async Task AddBodyAsync(
        OpenApiOperation operation, IList<object> metadata, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        if (metadata.OfType<RawBody>().LastOrDefault() is not { } body)
            return;
        var schema = body.Line is { } line
            ? await context.GetOrCreateSchemaAsync(line, null, cancellation)
            : Bytes();
        operation.RequestBody = new OpenApiRequestBody
        {
            Description = body.Description,
            Required = true,
            Content = body.ContentTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = schema }),
        };
    }

    /// <summary>A response that is no object: its content type is all that the endpoint says.</summary>
    private static void AddBytes(OpenApiOperation operation, IList<object> metadata)
    {
        foreach (var produced in metadata.OfType<IProducesResponseTypeMetadata>().Where(produced => produced.Type is null || produced.Type == typeof(void)))
        {
            if (operation.Responses?.TryGetValue($"{produced.StatusCode}", out var response) == true && response is OpenApiResponse described && produced.ContentTypes.Any())
                described.Content = produced.ContentTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = Bytes() });
        }
    }

    private static OpenApiSchema Bytes() => new() { Type = JsonSchemaType.String, Format = "binary" };

    /// <summary>Any one of the schemes does; an empty list says that anyone may call.</summary>
    private static void AddSecurity(OpenApiOperation operation, IList<object> metadata, OpenApiOperationTransformerContext context)
    {
        operation.Security = [];
        var policies = PoliciesOf(metadata);
        if (policies.Exists(policy => policy is not (Authentication.Services or Authentication.HostUsers)))
            Add(OpenApiSetup.Bearer);
        if (OpenApiSetup.HasHost(context.ApplicationServices) && policies.Exists(policy => policy != Authentication.Services))
            Add(OpenApiSetup.Host);
        if (policies.Exists(policy => policy is Authentication.Services or Authentication.ServicesAndUsers))
            Add(OpenApiSetup.Key);
        if (metadata.OfType<RefreshCookieUse>().Any())
            Add(OpenApiSetup.Cookie);

        void Add(string scheme) => operation.Security.Add(new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] });
    }

    private static async Task AddRefusalsAsync(
        OpenApiOperation operation, IList<object> metadata, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var document = context.Document!;
        if (document.Components?.Schemas?.ContainsKey(nameof(Problem)) != true)
            document.AddComponent(nameof(Problem), await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancellation));
        operation.Responses ??= [];
        foreach (var status in CodesOf(operation, metadata, context).Distinct().GroupBy(ProblemDetailsExceptionHandler.StatusOf).OrderBy(status => status.Key))
            operation.Responses.TryAdd($"{status.Key}", Refusal(document, $"Refused: {string.Join(", ", status.Select(code => $"`{code}`"))}.", status));
        operation.Responses["default"] = Refusal(document, "Refused: problem details with a code.", []);
    }

    private static IEnumerable<string> CodesOf(OpenApiOperation operation, IList<object> metadata, OpenApiOperationTransformerContext context)
    {
        if (context.Description.RelativePath?.StartsWith(HealthEndpoints.Path[1..], StringComparison.Ordinal) == true)
            return [];
        // Of any endpoint: an origin that may not call, a full bucket, a database that is away, a fault.
        List<string> codes = [ErrorCodes.Forbidden, ErrorCodes.RateLimited, ErrorCodes.Unavailable, ErrorCodes.InternalError];
        if (operation.RequestBody is not null || operation.Parameters is { Count: > 0 })
            codes.Add(ErrorCodes.InvalidArgument);
        if (PoliciesOf(metadata).Count > 0 || metadata.OfType<RefreshCookieUse>().Any())
            codes.Add(ErrorCodes.Unauthenticated);
        return codes.Concat(metadata.OfType<RefusalCodes>().SelectMany(own => own.Codes));
    }

    private static OpenApiResponse Refusal(OpenApiDocument document, string description, IEnumerable<string> codes)
    {
        var response = new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType> { [ProblemJson] = new() { Schema = new OpenApiSchemaReference(nameof(Problem), document) } },
        };
        if (codes.Any())
            response.Extensions = new Dictionary<string, IOpenApiExtension> { [CodesExtension] = new JsonNodeExtension(new JsonArray([.. codes.Select(code => (JsonNode)code)])) };
        return response;
    }

    private static List<string?> PoliciesOf(IList<object> metadata) => metadata.OfType<IAuthorizeData>().Select(data => data.Policy).ToList();
}
