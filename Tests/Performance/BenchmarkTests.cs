using System.Xml.Linq;
using ChatHub.Tests.Deployment;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Performance;

/// <summary>These benchmarks run, check their own results and say something: in their quick form, whose times mean nothing.</summary>
public sealed class BenchmarkTests
{
    [Theory]
    [InlineData("folder", "removing 1,000, ms")]
    [InlineData("growth", "| SendMessage |")]
    [InlineData("seen --users 5", "server CPU per call")]
    [InlineData("send --client-ids random --in-flight 1", "| server CPU per message, µs |")]
    [InlineData("shards", "exactly once and in order")]
    [InlineData("storm --users 6", "All came in sync")]
    public async Task Quick_run_completes(string command, string said)
    {
        var output = await RunAsync([.. command.Split(' '), "--quick", .. command == "shards" ? [] : ServerOption]);

        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    /// <summary>All that `all` runs, in minutes: with CHATHUB_BENCHMARKS=all. It needs redis-server, and `npm ci --prefix Benchmarks/Peers`.</summary>
    [Fact]
    public async Task All_scenarios_complete_and_write_their_results()
    {
        if (Environment.GetEnvironmentVariable("CHATHUB_BENCHMARKS") != "all")
            Assert.Skip("CHATHUB_BENCHMARKS=all runs them.");
        using var folder = new TempFolder();

        await RunAsync(["all", "--quick", "--results", folder.FullName, "--folder", folder.FullName, .. ServerOption]);

        foreach (var scenario in (string[])["send", "send-messagepack", "idle", "crowd", "connect", "storm", "growth", "start", "folder", "seen", "crossing", "peers", "outage", "protocol", "soak"])
        {
            Assert.True(File.Exists(folder.File($"{scenario}.json")), scenario);
            Assert.Equal("svg", XDocument.Load(folder.File($"{scenario}.svg")).Root!.Name.LocalName);
        }
    }

    private static string[] ServerOption => ["--server", Path.Combine(AppContext.BaseDirectory, "Server.dll")];

    private static async Task<string> RunAsync(string[] arguments)
    {
        var (exitCode, output) = await Tool.RunAsync(
            "dotnet", AppContext.BaseDirectory, [BuiltProgram.PathOf("Benchmarks", "Benchmarks"), .. arguments]);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
