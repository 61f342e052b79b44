using System.Net;
using System.Text.Json;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.Hosting;

/// <summary>The OpenAPI description says what the endpoints are.</summary>
public sealed class DescriptionTests(ClockServer server) : IClassFixture<ClockServer>
{
    [Fact]
    public async Task Every_endpoint_is_described_with_what_it_answers_and_how_it_refuses()
    {
        var paths = (await ReadAsync()).GetProperty("paths");
        var endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText is { } path && (path.StartsWith("/api", StringComparison.Ordinal) || path.StartsWith("/health", StringComparison.Ordinal) || path.StartsWith("/avatars", StringComparison.Ordinal)))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => (Path: endpoint.RoutePattern.RawText!, Method: method)));
        foreach (var (path, method) in endpoints)
        {
            var operation = paths.GetProperty(path).GetProperty(method.ToLowerInvariant());
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            var responses = operation.GetProperty("responses");
            Assert.Contains(responses.EnumerateObject(), response => response.Name.StartsWith('2'));
            Assert.True(responses.GetProperty("default").GetProperty("content").TryGetProperty("application/problem+json", out _), $"{method} {path}");
        }
    }

    [Fact]
    public async Task Description_says_which_role_may_call_an_endpoint()
    {
        var paths = (await ReadAsync()).GetProperty("paths");
        Assert.Equal(["serviceKey"], Schemes(paths, "/api/directory/users/{userId}", "put"));
        Assert.Equal(["bearer", "serviceKey"], Schemes(paths, "/api/directory/users/{userId}", "delete"));
        Assert.Equal(["bearer"], Schemes(paths, "/api/moderation/reports", "get"));
        Assert.Equal(["bearer"], Schemes(paths, "/api/me/export", "get"));
        Assert.Empty(Schemes(paths, "/api/accounts", "post"));
    }

    [Fact]
    public async Task Enums_and_instants_read_as_they_are_on_the_wire()
    {
        var schemas = (await ReadAsync()).GetProperty("components").GetProperty("schemas");
        Assert.Equal(
            ["dismiss", "warn", "ban"], schemas.GetProperty(nameof(ReportAction)).GetProperty("enum").EnumerateArray().Select(value => value.GetString()));
        var expiresAt = schemas.GetProperty(nameof(Session)).GetProperty("properties").GetProperty("expiresAt");
        Assert.Equal(("string", "date-time"), (expiresAt.GetProperty("type").GetString(), expiresAt.GetProperty("format").GetString()));
        Assert.Equal("string", schemas.GetProperty(nameof(SignUpInput)).GetProperty("properties").GetProperty("birthDate").GetProperty("type").GetString());
    }

    private static IEnumerable<string> Schemes(JsonElement paths, string path, string method) =>
        paths.GetProperty(path).GetProperty(method).TryGetProperty("security", out var security)
            ? security.EnumerateArray().SelectMany(requirement => requirement.EnumerateObject().Select(scheme => scheme.Name))
            : [];

    private async Task<JsonElement> ReadAsync()
    {
        var answer = await server.HttpAsync("GET", "/openapi/v1.json", Credentials.None);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.Status, answer.ContentType?.MediaType));
        Assert.StartsWith("3.", answer.Json.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        return answer.Json;
    }
}
