using System.Xml.Linq;
using ChatHub.Tests.Deployment;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Performance;

/// <summary>Each benchmark runs, checks its own result and writes it: in its quick form, whose times mean nothing.</summary>
public sealed class BenchmarkTests
{
    [Theory]
    [InlineData("crowd --users 20 --in-flight 1", "acknowledgement p99, ms")]
    [InlineData("folder", "removing 1,000, ms")]
    [InlineData("growth", "| SendMessage |")]
    [InlineData("idle --users 20 --rounds 1", "server memory per user, KiB")]
    [InlineData("protocol", "SendMessage, 50 characters")]
    [InlineData("seen --users 5", "server CPU per call")]
    [InlineData("send --client-ids random --in-flight 1", "| server CPU per message, µs |")]
    [InlineData("send --protocol messagepack --in-flight 1", "| server CPU per message, µs |")]
    [InlineData("soak", "write-ahead log, MiB")]
    [InlineData("start --rounds 1", "seconds, large database")]
    [InlineData("storm --users 6", "All came in sync")]
    public Task Quick_run_completes_and_writes_its_results(string command, string said) => CompletesAsync(command, said);

    [Theory]
    [InlineData("connect --users 20 --rounds 1", "subscribed/s")]
    [InlineData("crossing --in-flight 1", "server CPU per message, µs")]
    [InlineData("outage 20 --rounds 1", "paused, resumed")]
    public async Task Quick_run_with_Redis_completes_and_writes_its_results(string command, string said)
    {
        // Skips the test where there is none.
        await using var redis = await RedisServer.StartAsync();

        await CompletesAsync(command, said);
    }

    [Fact]
    public async Task Quick_run_of_the_peer_completes_and_writes_its_results()
    {
        Assert.SkipUnless(
            Directory.Exists(Repository.File("Benchmarks", "Peers", "node_modules")),
            "npm ci --prefix Benchmarks/Peers, which compiles SQLite for a minute, was not called.");

        await CompletesAsync("peers --in-flight 1", "Socket.IO");
    }

    [Fact]
    public async Task Quick_run_on_SQL_Server_completes_and_writes_its_results()
    {
        // Skips the test where there is none.
        SqlServerTestDatabase.Given();

        await CompletesAsync("sqlserver --in-flight 1", "server CPU per message, µs");
    }

    [Fact]
    public async Task Simulation_of_shards_completes() =>
        Assert.Contains("exactly once and in order", await RunAsync(["shards", "--quick"]), StringComparison.Ordinal);

    [Fact]
    public async Task All_writes_the_results_of_its_scenarios_and_a_summary()
    {
        using var folder = new TempFolder();

        await RunAsync(["all", "--only", "seen,folder", "--folder", folder.FullName, .. Options(folder)]);

        AssertResults(folder, "seen");
        AssertResults(folder, "folder");
        Assert.Contains("## seen", await File.ReadAllTextAsync(folder.File("summary.md"), TestTimeouts.Token), StringComparison.Ordinal);
    }

    private static string[] Options(TempFolder results) =>
        ["--quick", "--results", results.FullName, "--server", Path.Combine(AppContext.BaseDirectory, "Server.dll")];

    private static async Task CompletesAsync(string command, string said)
    {
        using var results = new TempFolder();
        Assert.Contains(said, await RunAsync([.. command.Split(' '), .. Options(results)]), StringComparison.Ordinal);
        AssertResults(results, command.Contains("messagepack", StringComparison.Ordinal) ? "send-messagepack" : command.Split(' ')[0]);
    }

    private static void AssertResults(TempFolder folder, string scenario)
    {
        Assert.True(File.Exists(folder.File($"{scenario}.json")), scenario);
        Assert.Equal("svg", XDocument.Load(folder.File($"{scenario}.svg")).Root!.Name.LocalName);
    }

    private static async Task<string> RunAsync(string[] arguments)
    {
        var (exitCode, output) = await Tool.RunAsync(
            "dotnet", AppContext.BaseDirectory, [BuiltProgram.PathOf("Benchmarks", "Benchmarks"), .. arguments]);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
