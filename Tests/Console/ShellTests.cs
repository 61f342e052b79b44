using System.Net;
using System.Net.Sockets;
using ChatHub.Terminal;
using ChatHub.Tests.Client;
using Xunit;

namespace ChatHub.Tests.Terminal;

/// <summary>The whole program in this process, its scripts against the tiny server.</summary>
public sealed class ShellTests : IAsyncLifetime
{
    private StubServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await StubServer.StartAsync(Token);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_script_runs_to_its_end()
    {
        var run = await RunAsync(
            """
            # who am I?
            signin alice correct-horse

            whoami
            """);

        Assert.Equal(
            """
            signed in as alice
            nothing new
            you are alice
            messages from everyone · seen receipts on · presence on
            20 requests left today
            nothing new

            """,
            run.Output);
        Assert.Equal("", run.Errors);
        Assert.Equal(ExitCode.Ok, run.Code);
    }

    [Fact]
    public async Task A_refusal_ends_a_script_with_one_line_on_the_error_output()
    {
        var run = await RunAsync("signin alice correct-horse", "profile nobody", "whoami");

        Assert.Equal("! user_not_found: There is no user nobody.\n", run.Errors);
        Assert.DoesNotContain("you are", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refused, run.Code);
    }

    [Fact]
    public async Task A_refusal_that_the_script_allows_is_a_line_of_its_output()
    {
        var run = await RunAsync("signin alice correct-horse", "-profile nobody", "quit", "nonsense");

        Assert.EndsWith("! user_not_found: There is no user nobody.\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, run.Code);
    }

    [Theory]
    [InlineData("signin alice wrong", "! invalid_credentials: Wrong username or password.\n", ExitCode.Refused)]
    [InlineData("signup alice pw 2000-01-01", "! rate_limited: Too many sign-ups. (again in 7 s)\n", ExitCode.Refused)]
    [InlineData("whoami", "! unauthenticated: Sign in first: signin NAME PASSWORD.\n", ExitCode.Refused)]
    [InlineData("say hi", "! conversation_not_found: No chat is open: open NAME.\n", ExitCode.Refused)]
    [InlineData("wait MessageReceived 0.01", "! timeout: no MessageReceived within 0.01 s\n", ExitCode.Refused)]
    [InlineData("nonsense", "! unknown command nonsense: try help\n", ExitCode.Usage)]
    [InlineData("-nonsense", "! unknown command nonsense: try help\n", ExitCode.Usage)]
    [InlineData("profile", "! usage: profile NAME\n", ExitCode.Usage)]
    [InlineData("wait MessageReceived soon", "! SECONDS is a number up to 86400.\n", ExitCode.Usage)]
    public async Task Each_failure_has_its_line_and_its_exit_code(string command, string errors, int code)
    {
        var run = await RunAsync(command);

        Assert.Equal(errors, run.Errors);
        Assert.Equal(code, run.Code);
    }

    [Fact]
    public async Task A_server_that_is_not_there_cannot_be_connected_to()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var nobody = new Uri($"http://{closed.LocalEndpoint}");
        closed.Stop();

        var run = await ScriptRun.RunAsync(nobody, ["-signin alice correct-horse"]);

        Assert.StartsWith("! cannot connect: ", run.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCode.CannotConnect, run.Code);
    }

    [Fact]
    public async Task A_person_goes_on_after_a_failure()
    {
        var run = await ScriptRun.RunAsync(_server.Address, ["nonsense", "help"], scripted: false);

        Assert.StartsWith("! unknown command nonsense: try help\nsignup NAME PASSWORD", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, run.Code);
    }

    [Fact]
    public async Task Awaited_events_are_shown_before_the_script_goes_on()
    {
        var run = await RunAsync("signin alice correct-horse", "open bob", "say Hello \e[2J", "wait messagereceived", "help");

        var lines = run.Output.Split('\n');
        Assert.Equal(["signed in as alice", "nothing new", "chat with bob", "#1 you: Hello �[2J ✓ sent", "#2 bob: Hello yourself"], lines[..5]);
        Assert.Equal(ExitCode.Ok, run.Code);
    }

    private Task<ScriptRun> RunAsync(params string[] lines) => ScriptRun.RunAsync(_server.Address, lines);
}
