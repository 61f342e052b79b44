using System.Text.RegularExpressions;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Deployment;

/// <summary>docker-compose.yml as docker-compose itself reads it. That the containers run is not tested: it takes a Docker engine.</summary>
public sealed class ComposeTests
{
    private static readonly string[] Services = ["chathub-1", "chathub-2", "nginx", "redis", "sqlserver"];

    [Fact]
    public async Task Compose_with_the_example_settings_is_two_instances_on_one_database()
    {
        var example = await File.ReadAllTextAsync(Repository.File(".env.example"), TestTimeouts.Token);
        var (exitCode, config) = await ConfigAsync(Regex.Replace(example, "^([A-Z_]+)=$", "$1=secret-of-$1", RegexOptions.Multiline));

        Assert.True(exitCode == 0, config);
        var services = Regex.Match(config, "^services:\n(.*?)^\\S", RegexOptions.Singleline | RegexOptions.Multiline).Groups[1].Value;
        Assert.Equal(Services, Regex.Matches(services, "^  ([a-z0-9-]+):$", RegexOptions.Multiline).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal));
        foreach (var variable in Regex.Matches(example, "^([A-Z_]+)=$", RegexOptions.Multiline).Select(m => m.Groups[1].Value))
            Assert.Contains($"secret-of-{variable}", config, StringComparison.Ordinal);
        // The one proxy that is believed is nginx.
        Assert.Equal(Value(config, "Http__KnownProxies__0"), Regex.Match(config, "nginx:.*?ipv4_address: ([0-9.]+)", RegexOptions.Singleline).Groups[1].Value);
    }

    [Fact]
    public async Task Compose_without_a_secret_names_the_missing_setting()
    {
        var (exitCode, output) = await ConfigAsync(await File.ReadAllTextAsync(Repository.File(".env.example"), TestTimeouts.Token));

        Assert.NotEqual(0, exitCode);
        Assert.Contains("copy .env.example to .env and fill it in", output, StringComparison.Ordinal);
    }

    private static string Value(string config, string key) => Regex.Match(config, $"{key}: (.*)").Groups[1].Value;

    private static async Task<(int ExitCode, string Output)> ConfigAsync(string environment)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File(".env"), environment, TestTimeouts.Token);
        return await Tool.RunAsync(
            Tool.Find("docker-compose"), Repository.Root, "--env-file", folder.File(".env"), "-f", "docker-compose.yml", "config");
    }
}
