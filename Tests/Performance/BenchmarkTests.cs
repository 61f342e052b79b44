using ChatHub.Tests.Deployment;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Performance;

/// <summary>These benchmarks run, check their own results and say something: in their quick form, whose times mean nothing.</summary>
public sealed class BenchmarkTests
{
    [Theory]
    [InlineData("crowd --in-flight 1", "| server CPU per message, µs |")]
    [InlineData("folder", "removing 1,000, ms")]
    [InlineData("growth", "| SendMessage |")]
    [InlineData("idle --users 10", "server memory per user")]
    [InlineData("seen --users 5", "server CPU per call")]
    [InlineData("send --protocol messagepack", "MessagePack ÷ JSON")]
    [InlineData("shards", "exactly once and in order")]
    [InlineData("storm --users 6", "All came in sync")]
    public async Task Quick_run_completes(string command, string said)
    {
        var server = Path.Combine(AppContext.BaseDirectory, "Server.dll");
        string[] verb = command.Split(' ');
        string[] quick = command == "shards" ? ["--quick"] : ["--quick", "--server", server];

        var (exitCode, output) = await Tool.RunAsync(
            "dotnet", AppContext.BaseDirectory, [BuiltProgram.PathOf("Benchmarks", "Benchmarks"), .. verb, .. quick]);

        Assert.True(exitCode == 0, output);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }
}
