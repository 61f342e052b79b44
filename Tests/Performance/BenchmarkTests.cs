using ChatHub.Tests.Deployment;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Performance;

/// <summary>These benchmarks run, check their own results and say something: in their quick form, whose times mean nothing.</summary>
public sealed class BenchmarkTests
{
    [Theory]
    [InlineData("folder", "Removing 1,000")]
    [InlineData("growth", "| SendMessage |")]
    [InlineData("send", "server CPU per message")]
    [InlineData("shards", "exactly once and in order")]
    public async Task Quick_run_completes(string verb, string said)
    {
        var server = Path.Combine(AppContext.BaseDirectory, "Server.dll");
        string[] quick = verb == "shards" ? ["--quick"] : ["--quick", "--server", server];

        var (exitCode, output) = await Tool.RunAsync(
            "dotnet", AppContext.BaseDirectory, [BuiltProgram.PathOf("Benchmarks", "Benchmarks"), verb, .. quick]);

        Assert.True(exitCode == 0, output);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }
}
