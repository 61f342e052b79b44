using System.Net.Http.Headers;
using System.Text;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.Hosting;

/// <summary>Every endpoint with every odd path, query and body, from every kind of caller: never a 5xx.</summary>
public sealed class HostileHttpTests(ClockServer server) : IClassFixture<ClockServer>
{
    private static readonly string[] Segments =
    [
        "%EF%BF%BE", "%00", "%ED%A0%80", "%FF", "%F0%9F%92%A5", "%E2%80%AE", "%20", "%2e%2e", "a%0D%0Ab", "%25", "'--", "-1", new string('x', 2_000), "null",
    ];

    private static readonly string[] Queries =
        ["?cursor=%EF%BF%BE", "?cursor=%00", "?cursor=", "?limit=99999999999999999999", "?limit=%EF%BF%BE", "?state=%ED%A0%80", "?a&&&=%", "?limit=1&limit=2"];

    private static readonly byte[][] Bodies =
    [
        [], "null"u8.ToArray(), "[]"u8.ToArray(), "7"u8.ToArray(), "\""u8.ToArray(), "{"u8.ToArray(), [0xFF, 0xFE], [0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}'],
        Encoding.UTF8.GetBytes(new string('[', 200)),
        Fields("\"\\uFFFE\""), Fields("\"\\uD800\""), Fields("\"\\u0000\""), Fields("\"a\\uFDD0b\""), Fields("7"), Fields("1e400"), Fields("{}"), Fields("[[]]"), Fields("null"),
        Fields("\"\uFFFF\""), [.. "{\"username\":\""u8, 0xC0, 0x80, .. "\"}"u8],
    ];

    private const string Json = "application/json";

    public static TheoryData<string> MediaTypes() => [Json, "application/json; charset=utf-7", "text/plain", "application/x-ndjson", "image/png"];

    [Theory]
    [MemberData(nameof(MediaTypes))]
    public async Task Odd_input_is_refused_and_fails_nothing(string mediaType)
    {
        await using var user = await server.ConnectUserAsync("user");
        Credentials[] passes = [Credentials.None, Credentials.Of(user), await server.ModeratorAsync(), Credentials.Service, new(Token: "%EF%BF%BE"), new(Key: "%FF"), new(Cookie: "chathub_refresh=%EF%BF%BE")];
        // Only a body has a media type: paths and queries need no other.
        var isJson = mediaType == Json;
        foreach (var (method, path) in Endpoints())
        {
            foreach (var pass in passes)
            {
                foreach (var segment in Segments.Take(!isJson ? 0 : path.Contains('{', StringComparison.Ordinal) ? int.MaxValue : 1))
                    await CallAsync(method, Fill(path, segment), pass, Fields("\"x\""), mediaType);
                foreach (var query in Queries.Take(isJson ? int.MaxValue : 0))
                    await CallAsync(method, Fill(path, "no-such-user") + query, pass, [], mediaType);
                foreach (var body in Bodies.Take(method is not "GET" ? int.MaxValue : isJson ? 1 : 0))
                    await CallAsync(method, Fill(path, "no-such-user"), pass, body, mediaType);
            }
        }

        Assert.Equal(System.Net.HttpStatusCode.OK, (await server.HealthAsync()).Status);
    }

    private async Task CallAsync(string method, string path, Credentials pass, byte[] body, string mediaType)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        var answer = await server.HttpAsync(method, path, pass, method is "GET" ? null : content);
        Assert.True((int)answer.Status < 500, $"{method} {path} {Encoding.UTF8.GetString(body)}: {answer.Status}");
    }

    private IEnumerable<(string Method, string Path)> Endpoints() =>
        server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
                .Select(method => (method, $"/{endpoint.RoutePattern.RawText!.Trim('/')}")));

    private static string Fill(string path, string segment) =>
        System.Text.RegularExpressions.Regex.Replace(path, @"\{\w+\}", _ => segment);

    /// <summary>An object with this value in every field that any endpoint knows.</summary>
    private static byte[] Fields(string value) => Encoding.UTF8.GetBytes($"{{{string.Join(',', ((string[])
    [
        "username", "password", "birthDate", "displayName", "bio", "avatarUrl", "isVerified", "hours", "reason", "action", "type", "userId", "otherId",
    ]).Select(name => $"\"{name}\":{value}"))}}}");
}
