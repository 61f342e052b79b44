using ChatHub.Terminal;
using ChatHub.Tests.Client;
using Xunit;

namespace ChatHub.Tests.Terminal;

/// <summary>The program as a process, as shells and pipes see it.</summary>
public sealed class ProcessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Script_from_a_pipe_prints_plain_lines()
    {
        await using var server = await StubServer.StartAsync(Token);

        var run = await RunAsync("signin alice correct-horse\nopen bob\nsay Hello ğ 你好\nwait MessageReceived", "--server", $"{server.Address}", "--plain", "--script", "-");

        Assert.Equal("signed in as alice\nnothing new\nchat with bob\n#1 you: Hello ğ 你好 ✓ sent\n#2 bob: Hello yourself\n", run.Output);
        Assert.Equal("", run.Errors);
        Assert.Equal(ExitCode.Ok, run.Code);
    }

    [Fact]
    public async Task Script_from_a_file_is_run()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "help\nwhoami\n", Token);

        var run = await RunAsync("", "--script", file);

        File.Delete(file);
        Assert.StartsWith("signup NAME", run.Output, StringComparison.Ordinal);
        Assert.Equal("! unauthenticated: Sign in first: signin NAME PASSWORD.\n", run.Errors);
        Assert.Equal(ExitCode.Refused, run.Code);
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--script", "/no/such/file")]
    public async Task Arguments_that_are_wrong_print_one_line_and_exit_with_2(params string[] args)
    {
        var run = await RunAsync("", args);

        Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(ExitCode.Usage, run.Code);
    }

    [Fact]
    public async Task Version_prints_the_programs_version()
    {
        var run = await RunAsync("", "--version");

        Assert.Matches(@"^chathub \d+\.\d+\.\d+\S*\n$", run.Output);
        Assert.Equal(ExitCode.Ok, run.Code);
    }

    [Fact]
    public async Task Token_signs_in_before_the_script()
    {
        await using var server = await StubServer.StartAsync(Token);
        string[] args = ["--server", $"{server.Address}", "--plain", "--script", "-", "--token"];

        var run = await RunAsync("whoami", [.. args, StubServer.GoodToken]);
        var refused = await RunAsync("whoami", [.. args, "stale"]);

        Assert.StartsWith("signed in as alice\nnothing new\nyou are alice\n", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("! unauthenticated: ", refused.Errors, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Ok, ExitCode.Refused), (run.Code, refused.Code));
    }

    private static async Task<(string Output, string Errors, int Code)> RunAsync(string input, params string[] args)
    {
        using var process = await ConsoleProcess.StartAsync(input, args, Token);
        return await process.EndAsync(Token);
    }
}
