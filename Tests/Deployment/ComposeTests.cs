using System.Text.RegularExpressions;
using ChatHub.Tests.Infrastructure;
using Xunit;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace ChatHub.Tests.Deployment;

/// <summary>docker-compose.yml as docker-compose itself reads it. That the containers run is not tested: it takes a Docker engine.</summary>
public sealed partial class ComposeTests
{
    private static readonly string[] Services = ["chathub-1", "chathub-2", "nginx", "redis", "sqlserver"];
    private static readonly string[] Telemetry = ["grafana", "prometheus"];

    [Fact]
    public async Task Compose_with_the_example_settings_is_two_instances_on_one_database()
    {
        var config = await FilledAsync();

        Assert.Equal(Services, NamesOf(config, withTelemetry: false));
        foreach (var variable in Secret().Matches(await ExampleAsync()).Select(m => m.Groups[1].Value))
            Assert.Contains($"secret-of-{variable}", config, StringComparison.Ordinal);
        // The one proxy that is believed is nginx.
        Assert.Equal(Value(config, "Http__KnownProxies__0"), Regex.Match(config, "nginx:.*?ipv4_address: ([0-9.]+)", RegexOptions.Singleline).Groups[1].Value);
    }

    [Fact]
    public async Task Profile_telemetry_adds_a_Prometheus_that_scrapes_both_instances_and_a_Grafana_with_the_dashboard()
    {
        var config = await FilledAsync("--profile", "telemetry");

        Assert.Equal(Services.Concat(Telemetry).Order(StringComparer.Ordinal), NamesOf(config, withTelemetry: true));
        var port = Value(config, "Telemetry__PrometheusUrl").Split(':')[^1];
        var prometheus = await File.ReadAllTextAsync(Repository.File("deploy", "prometheus", "prometheus.yml"), TestTimeouts.Token);
        Assert.Contains($"[\"chathub-1:{port}\", \"chathub-2:{port}\"]", prometheus, StringComparison.Ordinal);
        // The job that alerts and dashboard name, and the rules.
        Assert.Contains("job_name: chathub\n", prometheus, StringComparison.Ordinal);
        Assert.Contains("rule_files: [alerts.yml]", prometheus, StringComparison.Ordinal);
        // Each file that is mounted is there.
        var mounted = Regex.Matches(config, $"- {Regex.Escape(Repository.Root)}/(deploy/[^:]+):([^:]+):ro").ToDictionary(m => m.Groups[2].Value, m => m.Groups[1].Value);
        Assert.All(mounted.Values, path => Assert.True(Path.Exists(Repository.File(path)), path));
        var provider = await File.ReadAllTextAsync(Repository.File(mounted["/etc/grafana/provisioning"], "dashboards", "chathub.yml"), TestTimeouts.Token);
        Assert.Contains($"path: {Path.GetDirectoryName(mounted.Single(m => m.Value == "deploy/grafana/chathub.json").Key)} ", provider, StringComparison.Ordinal);
        var source = await File.ReadAllTextAsync(Repository.File(mounted["/etc/grafana/provisioning"], "datasources", "prometheus.yml"), TestTimeouts.Token);
        Assert.Contains("url: http://prometheus:9090\n", source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_setting_of_an_instance_is_one_that_the_server_knows_and_takes() =>
        await DeployedSettings.TakenAsync(Read(await FilledAsync()).Services["chathub-1"].Environment);

    [Fact]
    public async Task Compose_without_a_secret_names_the_missing_setting()
    {
        var (exitCode, output) = await ConfigAsync(await ExampleAsync());

        Assert.NotEqual(0, exitCode);
        Assert.Contains("copy .env.example to .env and fill it in", output, StringComparison.Ordinal);
    }

    private static string Value(string config, string key) => Regex.Match(config, $"{key}: (.*)").Groups[1].Value;

    /// <summary>The services that a start brings up; docker-compose lists those of other profiles too.</summary>
    private static IEnumerable<string> NamesOf(string config, bool withTelemetry) =>
        Read(config).Services.Where(service => withTelemetry || service.Value.Profiles.Count == 0).Select(service => service.Key).Order(StringComparer.Ordinal);

    private static ComposeFile Read(string config) => new DeserializerBuilder()
        .IgnoreUnmatchedProperties().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<ComposeFile>(config);

    private static Task<string> ExampleAsync() => File.ReadAllTextAsync(Repository.File(".env.example"), TestTimeouts.Token);

    /// <summary>What docker-compose makes of the file and the example, with a value for each secret.</summary>
    private static async Task<string> FilledAsync(params string[] options)
    {
        var (exitCode, config) = await ConfigAsync(Secret().Replace(await ExampleAsync(), "$1=long-secret-of-$1"), options);
        Assert.True(exitCode == 0, config);
        return config;
    }

    private static async Task<(int ExitCode, string Output)> ConfigAsync(string environment, params string[] options)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File(".env"), environment, TestTimeouts.Token);
        return await Tool.RunAsync(
            Tool.Find("docker-compose"), Repository.Root, ["--env-file", folder.File(".env"), "-f", "docker-compose.yml", .. options, "config"]);
    }

    [GeneratedRegex("^([A-Z_]+)=$", RegexOptions.Multiline)]
    private static partial Regex Secret();

    private sealed record ComposeFile
    {
        public Dictionary<string, Service> Services { get; init; } = [];
    }

    private sealed record Service
    {
        public List<string> Profiles { get; init; } = [];
        public Dictionary<string, string> Environment { get; init; } = [];
    }
}
