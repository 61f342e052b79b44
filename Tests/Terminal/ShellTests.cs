using ChatHub.Terminal;
using ChatHub.Tests.Client;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Terminal;

/// <summary>The whole program in this process, its scripts against the stub server.</summary>
public sealed class ShellTests : IAsyncLifetime
{
    private StubServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await StubServer.StartAsync(Token);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Script_without_an_error_runs_to_its_end()
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
    public async Task Script_with_a_refused_command_ends_with_one_line_on_the_error_output()
    {
        var run = await RunAsync("signin alice correct-horse", "profile carol", "whoami");

        Assert.Equal("! user_not_found: There is no user carol.\n", run.Errors);
        Assert.DoesNotContain("you are", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refused, run.Code);
    }

    [Fact]
    public async Task Script_with_an_allowed_refusal_prints_it_and_continues()
    {
        var run = await RunAsync("signin alice correct-horse", "-profile carol", "quit", "nonsense");

        Assert.EndsWith("! user_not_found: There is no user carol.\n", run.Output, StringComparison.Ordinal);
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
    public async Task Failure_of_each_kind_has_its_line_and_its_exit_code(string command, string errors, int code)
    {
        var run = await RunAsync(command);

        Assert.Equal(errors, run.Errors);
        Assert.Equal(code, run.Code);
    }

    [Fact]
    public async Task Script_with_a_server_that_is_down_exits_with_cannot_connect()
    {
        var run = await ScriptRun.RunAsync(new(Ports.NextAddress()), ["-signin alice correct-horse"]);

        Assert.StartsWith("! cannot connect: ", run.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCode.CannotConnect, run.Code);
    }

    [Fact]
    public async Task Failure_while_a_person_types_ends_nothing()
    {
        var run = await ScriptRun.RunAsync(_server.Address, ["nonsense", "help"], scripted: false);

        Assert.StartsWith("! unknown command nonsense: try help\nsignup NAME PASSWORD", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, run.Code);
    }

    [Fact]
    public async Task Wait_prints_the_event_before_the_script_continues()
    {
        var run = await RunAsync("signin alice correct-horse", "open bob", "say Hello \e[2J", "wait messagereceived", "help");

        var lines = run.Output.Split('\n');
        Assert.Equal(["signed in as alice", "nothing new", "chat with bob", "#1 you: Hello �[2J ✓ sent", "#2 bob: Hello yourself"], lines[..5]);
        Assert.Equal(ExitCode.Ok, run.Code);
    }

    private Task<ScriptRun> RunAsync(params string[] lines) => ScriptRun.RunAsync(_server.Address, lines);
}
