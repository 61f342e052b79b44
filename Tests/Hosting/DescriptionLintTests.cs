using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hosting;

/// <summary>What a generator of clients needs of the served OpenAPI document.</summary>
public sealed partial class DescriptionLintTests(ClockServer server) : IClassFixture<ClockServer>
{
    // A code's status is the contract's, section 2.
    private static readonly Dictionary<string, int> Statuses = typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)
        .ToDictionary(code => code, ProblemDetailsExceptionHandler.StatusOf);

    [Fact]
    public async Task Every_operation_has_an_id_of_its_own_a_summary_a_tag_and_says_who_may_call()
    {
        var operations = await OperationsAsync();
        Assert.Equal(operations.Count, operations.Select(operation => (string?)operation.Shape["operationId"]).Distinct().Count());
        Assert.All(operations, operation =>
        {
            Assert.Matches(CamelCase(), (string?)operation.Shape["operationId"] ?? "");
            Assert.EndsWith(".", (string?)operation.Shape["summary"] ?? "", StringComparison.Ordinal);
            Assert.Single(operation.Shape["tags"]!.AsArray());
            Assert.NotNull(operation.Shape["security"]);
        });
    }

    [Fact]
    public async Task Every_response_has_its_shape_and_every_refusal_its_codes_under_their_status()
    {
        foreach (var operation in await OperationsAsync())
        {
            foreach (var (status, response) in operation.Shape["responses"]!.AsObject())
            {
                var content = response!["content"]?.AsObject();
                if (status is "204")
                    Assert.Null(content);
                else if (status.StartsWith('2') || operation.Name is "GET /health/ready")
                    Assert.All(content!, shape => Assert.NotNull(shape.Value!["schema"]));
                else if (operation.Name is not "GET /avatars/{id}" || status is not "404")
                    CheckRefusal(operation.Name, status, response);
            }
        }
    }

    [Fact]
    public async Task An_operation_with_security_is_refused_without_it_and_every_one_may_be_rate_limited()
    {
        foreach (var operation in (await OperationsAsync()).Where(operation => !operation.Name.Contains("/health", StringComparison.Ordinal)))
        {
            var codes = Codes(operation.Shape).ToList();
            Assert.Contains(ErrorCodes.RateLimited, codes);
            Assert.True(operation.Shape["security"]!.AsArray().Count == 0 || codes.Contains(ErrorCodes.Unauthenticated), operation.Name);
            Assert.True(operation.Shape["parameters"] is null || codes.Contains(ErrorCodes.InvalidArgument), operation.Name);
        }
    }

    [Fact]
    public async Task Parameters_have_types_and_page_sizes_their_bounds()
    {
        foreach (var parameter in (await OperationsAsync()).SelectMany(operation => operation.Shape["parameters"]?.AsArray() ?? []))
        {
            Assert.NotNull(parameter!["schema"]!["type"]);
            if ((string?)parameter["name"] == "limit")
                Assert.Equal(("integer", 1, Limits.PageMax), ((string?)parameter["schema"]!["type"], (int?)parameter["schema"]!["minimum"], (int?)parameter["schema"]!["maximum"]));
        }
    }

    [Theory]
    [InlineData("put", "/api/me/avatar", "image/png")]
    [InlineData("post", "/api/directory/import", "application/x-ndjson")]
    [InlineData("post", "/api/accounts", "application/json")]
    [InlineData("delete", "/api/directory/users/{userId}", "application/json")]
    public async Task A_body_is_described_however_it_is_read(string method, string path, string contentType) =>
        Assert.NotNull((await DocumentAsync())["paths"]![path]![method]!["requestBody"]!["content"]![contentType]!["schema"]);

    [Fact]
    public async Task Security_schemes_are_the_token_the_service_key_and_the_refresh_cookie()
    {
        var document = await DocumentAsync();
        var schemes = document["components"]!["securitySchemes"]!;
        Assert.Equal(("http", "bearer"), ((string?)schemes["bearer"]!["type"], (string?)schemes["bearer"]!["scheme"]));
        Assert.Equal(("header", "X-Api-Key"), ((string?)schemes["serviceKey"]!["in"], (string?)schemes["serviceKey"]!["name"]));
        Assert.Equal(("cookie", "chathub_refresh"), ((string?)schemes["refreshCookie"]!["in"], (string?)schemes["refreshCookie"]!["name"]));
        Assert.NotNull(document["paths"]!["/api/sessions/refresh"]!["post"]!["security"]![0]!["refreshCookie"]);
    }

    private static void CheckRefusal(string name, string status, JsonNode response)
    {
        Assert.Equal("#/components/schemas/Problem", (string?)response["content"]!["application/problem+json"]!["schema"]!["$ref"]);
        if (status == "default")
            return;
        var codes = response["x-error-codes"]!.AsArray();
        Assert.NotEmpty(codes);
        Assert.All(codes, code => Assert.True(Statuses[(string)code!].ToString(System.Globalization.CultureInfo.InvariantCulture) == status, $"{name}: {code}"));
    }

    private static IEnumerable<string> Codes(JsonNode operation) =>
        operation["responses"]!.AsObject().SelectMany(response => response.Value!["x-error-codes"]?.AsArray() ?? []).Select(code => (string)code!);

    private async Task<List<(string Name, JsonNode Shape)>> OperationsAsync() =>
        [.. from path in (await DocumentAsync())["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            select ($"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value!)];

    private async Task<JsonNode> DocumentAsync() => JsonNode.Parse((await server.HttpAsync("GET", "/openapi/v1.json", Credentials.None)).Content)!;

    [GeneratedRegex("^[a-z][A-Za-z]+$")]
    private static partial Regex CamelCase();
}
