using System.Text.Json;
using System.Text.RegularExpressions;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Telemetry;
using Xunit;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace ChatHub.Tests.Deployment;

/// <summary>The dashboard and the alert rules against what a real server exposes. That Grafana shows it is not tested.</summary>
public sealed partial class DashboardTests
{
    private static readonly string Dashboard = File.ReadAllText(Repository.File("deploy", "grafana", "chathub.json"));
    private static readonly string Alerts = File.ReadAllText(Repository.File("deploy", "prometheus", "alerts.yml"));
    private static readonly string Operations = File.ReadAllText(Repository.File("docs", "operations.md"));

    [Fact]
    public async Task Every_name_in_dashboard_and_alerts_is_exposed_by_a_server_and_none_of_its_own_is_missing()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var server = await ServerProcess.StartAsync(PrometheusScrape.Setting, ("Redis:Configuration", redis.Configuration));
        await using var chat = await server.OpenChatAsync();
        var scrape = await PrometheusScrape.UntilAsync(
            await PrometheusScrape.AddressOfAsync(server), scrape => scrape.Names.Contains("chathub_outbox_depth") && scrape.Value("chathub_backplane_up") == 1);

        var shown = NamesIn(Dashboard);
        Assert.NotEmpty(shown);
        Assert.NotEmpty(NamesIn(Alerts));
        Assert.Empty(shown.Concat(NamesIn(Alerts)).Distinct().Except(scrape.Names));
        Assert.Empty(scrape.Names.Where(name => name.StartsWith("chathub_", StringComparison.Ordinal)).Select(Metric).Distinct().Except(shown.Select(Metric)));
        var documented = Documented().Matches(Operations).Select(match => match.Groups[1].Value.Replace('.', '_')).ToList();
        Assert.All(scrape.Names.Where(name => name.StartsWith("chathub_", StringComparison.Ordinal)), name => Assert.Contains(documented, known => Metric(name).StartsWith(known, StringComparison.Ordinal)));
        Assert.All(documented, name => Assert.Contains(scrape.Names, series => series.StartsWith(name, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Counters_begin_at_0_so_that_their_first_event_is_an_increase()
    {
        await using var server = await ServerProcess.StartAsync(PrometheusScrape.Setting, ("Redis:Configuration", RedisServer.NotStarted().Configuration));

        var scrape = await PrometheusScrape.ReadAsync(await PrometheusScrape.AddressOfAsync(server));

        Assert.All(
            NamesIn(Alerts).Where(name => name.EndsWith("_total", StringComparison.Ordinal)).Append("chathub_backplane_up"), name => Assert.Equal(0, scrape.Value(name)));
    }

    [Fact]
    public void Each_alert_has_a_severity_a_summary_and_a_section_of_the_operations_page()
    {
        var sections = Heading().Matches(Operations).Select(match => match.Groups[1].Value.Replace(' ', '-')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var rules = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).IgnoreUnmatchedProperties().Build()
            .Deserialize<Dictionary<string, List<RuleGroup>>>(Alerts)["groups"].SelectMany(group => group.Rules).ToList();

        Assert.NotEmpty(rules);
        Assert.Equal(rules.Count, rules.Select(rule => rule.Alert).Distinct().Count());
        Assert.All(rules, rule =>
        {
            Assert.Matches("^up{|chathub_", rule.Expr);
            Assert.Contains(rule.Labels["severity"], (string[])["warning", "critical"]);
            Assert.EndsWith(".", rule.Annotations["summary"], StringComparison.Ordinal);
            var link = rule.Annotations["runbook_url"].Split('#');
            Assert.Equal("docs/operations.md", link[0]);
            Assert.Contains(link[1], sections);
        });
    }

    [Fact]
    public void Outcomes_that_count_as_errors_are_codes_of_the_contract()
    {
        var codes = typeof(ErrorCodes).GetFields().Select(field => field.GetRawConstantValue() as string).ToHashSet();
        var named = Outcomes().Matches(Dashboard.Replace("\\\"", "\"", StringComparison.Ordinal) + Alerts).SelectMany(match => match.Groups[1].Value.Split('|')).ToList();

        Assert.Equal(4, named.Count);
        Assert.All(named, code => Assert.Contains(code, codes));
    }

    [Fact]
    public void Each_panel_has_a_title_a_description_a_unit_and_a_query()
    {
        var panels = JsonElement.Parse(Dashboard).GetProperty("panels").EnumerateArray().Where(panel => panel.GetProperty("type").GetString() != "row").ToList();

        Assert.NotEmpty(panels);
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels, panel =>
        {
            Assert.NotEqual("", panel.GetProperty("title").GetString());
            Assert.NotEqual("", panel.GetProperty("description").GetString());
            Assert.NotEqual("", panel.GetProperty("fieldConfig").GetProperty("defaults").GetProperty("unit").GetString());
            Assert.All(panel.GetProperty("targets").EnumerateArray(), target => Assert.NotEmpty(NamesIn(target.GetProperty("expr").GetString()!)));
        });
    }

    private static HashSet<string> NamesIn(string text) => [.. MetricName().Matches(text).Select(match => match.Value)];

    /// <summary>A histogram's series by the histogram's name.</summary>
    private static string Metric(string series) => HistogramPart().Replace(series, "");

    [GeneratedRegex("(?<![a-z_])(?:chathub|dotnet)_[a-z0-9_]+")]
    private static partial Regex MetricName();

    [GeneratedRegex("_(?:bucket|sum|count)$")]
    private static partial Regex HistogramPart();

    [GeneratedRegex(@"(?<=^\|[^|\n]*)`(chathub\.[a-z_.]+)`", RegexOptions.Multiline)]
    private static partial Regex Documented();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("outcome=~\"([a-z_|]+)\"")]
    private static partial Regex Outcomes();

    private sealed record RuleGroup
    {
        public List<Rule> Rules { get; init; } = [];
    }

    private sealed record Rule
    {
        public string Alert { get; init; } = "";
        public string Expr { get; init; } = "";
        public Dictionary<string, string> Labels { get; init; } = [];
        public Dictionary<string, string> Annotations { get; init; } = [];
    }
}
