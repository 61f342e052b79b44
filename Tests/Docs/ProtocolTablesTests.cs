using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatHub.Contracts;
using ChatHub.Server.Hosting.Settings;
using ChatHub.Server.Outbox.Webhooks;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.Docs;

/// <summary>The tables of docs/protocol.md have a row for each method, event, error, endpoint and setting that there is, and for no other.</summary>
public sealed partial class ProtocolTablesTests(ClockServer server) : IClassFixture<ClockServer>
{
    private static readonly string[] ListedPaths = ["/api/", "/avatars/", "/health/", "/openapi/"];

    [Fact]
    public void Table_of_methods_is_complete() => Assert.Equal(Names(typeof(IChatHub)), Quoted("protocol.md", "## 4."));

    [Fact]
    public void Table_of_events_is_complete() => Assert.Equal(Names(typeof(IChatClient)), Quoted("protocol.md", "## 5."));

    [Fact]
    public void Table_of_errors_is_complete() => Assert.Equal(
        typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(code => (string)code.GetValue(null)!).Order(StringComparer.Ordinal),
        Quoted("protocol.md", "## 2."));

    [Fact]
    public void Table_of_endpoints_is_complete()
    {
        var served = server.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(endpoint => Methods(endpoint).Select(method => $"{method} {Path($"/{endpoint.RoutePattern.RawText?.Trim('/')}")}"))
            .Where(endpoint => ListedPaths.Any(path => endpoint.Contains($" {path}", StringComparison.Ordinal)))
            // Only a host application that embeds the server serves this one.
            .Append("POST /api/sessions/host");

        var listed = FirstColumn("protocol.md", "## 6.").SelectMany(column => column.Split(" · ")).SelectMany(part =>
            Verb().Matches(part).Select(verb => $"{verb.Value} {Path(Address().Match(part).Value)}"));

        Assert.Equal(served.Distinct().Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_kind_of_line_of_the_export_is_named()
    {
        var kinds = Enum.GetNames<ExportType>().Select(JsonNamingPolicy.CamelCase.ConvertName);
        Assert.All(kinds, kind => Assert.Contains($"`{kind}`", Section("protocol.md", "## 6."), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("protocol.md", "## 7.")]
    [InlineData("operations.md", "## Settings")]
    public void Table_of_settings_is_complete(string page, string section)
    {
        var read = server.Services.GetServices<SettingsSection>().Append(new("Webhooks:0", typeof(WebhookOptions)))
            .SelectMany(settings => settings.Options.GetProperties().Where(IsSetting).Select(property => $"{settings.Name}:{property.Name}"))
            .Append("Urls");

        Assert.Equal(read.Distinct().Order(StringComparer.Ordinal), FirstColumn(page, section).SelectMany(Keys).Order(StringComparer.Ordinal));
    }

    /// <summary>A key without a section is in that of the one before it.</summary>
    private static IEnumerable<string> Keys(string column)
    {
        var section = "";
        foreach (var key in Quotes(column))
        {
            var whole = key.Contains(':', StringComparison.Ordinal) || section.Length == 0 ? key : $"{section}:{key}";
            // A list may be named by its first item.
            whole = whole.EndsWith(":0", StringComparison.Ordinal) ? whole[..^2] : whole;
            section = whole.Contains(':', StringComparison.Ordinal) ? whole[..whole.LastIndexOf(':')] : "";
            yield return whole;
        }
    }

    /// <summary>A list is bound without a setter; what is computed is none.</summary>
    private static bool IsSetting(PropertyInfo property) =>
        property.Name != nameof(WebhookOptions.Index)
        && (property.CanWrite || property.GetMethod!.IsDefined(typeof(CompilerGeneratedAttribute)));

    private static IEnumerable<string> Methods(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Where(method => method != "HEAD") ?? ["GET"];

    /// <summary>Without the names of its parameters, and without a query.</summary>
    private static string Path(string address) => Parameter().Replace(address.Split('?')[0], "{}");

    private static IEnumerable<string> Names(Type list) => list.GetMethods().Select(method => method.Name).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Quoted(string page, string section) => FirstColumn(page, section).SelectMany(Quotes).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Quotes(string column) => Quote().Matches(column).Select(quote => quote.Groups[1].Value);

    /// <summary>What the section's tables have in their first column, in code.</summary>
    private static IEnumerable<string> FirstColumn(string page, string section) => Row().Matches(Section(page, section)).Select(row => row.Groups[1].Value);

    private static string Section(string page, string section)
    {
        var text = File.ReadAllText(Repository.File("docs", page));
        var begin = text.IndexOf($"\n{section}", StringComparison.Ordinal);
        var end = text.IndexOf("\n## ", begin + 1, StringComparison.Ordinal);
        return end < 0 ? text[begin..] : text[begin..end];
    }

    [GeneratedRegex(@"^\| (`.*?) \| ", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quote();

    [GeneratedRegex(@"\b(?:GET|PUT|POST|DELETE)\b")]
    private static partial Regex Verb();

    [GeneratedRegex(@"/[a-z][^\s`]*")]
    private static partial Regex Address();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
