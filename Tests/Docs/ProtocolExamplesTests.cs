using System.Text;
using System.Text.RegularExpressions;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.Docs;

/// <summary>
/// The examples of docs/protocol*.md are what the server gives today. CHATHUB_WRITE_EXAMPLES=1 rewrites them:
/// each <c>&lt;!-- example: NAME --&gt;</c> is followed by a fenced block that belongs to this test.
/// </summary>
public sealed partial class ProtocolExamplesTests(ClockServer server) : IClassFixture<ClockServer>
{
    private static IEnumerable<string> Pages => Directory.EnumerateFiles(Repository.File("docs"), "protocol*.md");

    [Fact]
    public async Task The_published_examples_are_what_the_server_gives()
    {
        var examples = await ProtocolStory.RunAsync();
        foreach (var file in Pages)
        {
            var page = await File.ReadAllTextAsync(file, TestTimeouts.Token);
            var written = Example().Replace(page, match => examples.TryGetValue(match.Groups["name"].Value, out var text)
                ? $"<!-- example: {match.Groups["name"].Value} -->\n```text\n{text}\n```"
                : throw new InvalidOperationException($"The story has no example '{match.Groups["name"].Value}'."));
            if (Environment.GetEnvironmentVariable("CHATHUB_WRITE_EXAMPLES") == "1")
                await File.WriteAllTextAsync(file, written, new UTF8Encoding(false), TestTimeouts.Token);
            else
                Assert.Equal(page, written);
        }
    }

    [Fact]
    public void Every_method_event_and_endpoint_has_an_example()
    {
        var published = Example().Matches(AllPages()).Select(match => match.Groups["name"].Value).ToHashSet();
        var endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => !endpoint.RoutePattern.RawText!.Contains("hubs", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"));
        var wanted = typeof(IChatHub).GetMethods().Concat(typeof(IChatClient).GetMethods()).Select(method => method.Name).Concat(endpoints);
        Assert.Empty(wanted.Except(published));
    }

    [Fact]
    public void Every_error_code_is_explained()
    {
        var page = AllPages();
        var codes = typeof(ErrorCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        Assert.All(codes, code => Assert.Contains($"`{code}`", page, StringComparison.Ordinal));
    }

    private static string AllPages() => string.Concat(Pages.Select(File.ReadAllText));

    [GeneratedRegex(@"<!-- example: (?<name>[^\n]+?) -->\n```text\n.*?\n?```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
