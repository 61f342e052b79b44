using ChatHub.Terminal;
using ChatHub.Terminal.Input;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.Terminal;

/// <summary>What a run of the whole program, in this process, has printed, and its exit code.</summary>
internal sealed record ScriptRun(string Output, string Errors, int Code)
{
    /// <param name="server">Which server.</param>
    /// <param name="lines">What is typed, or the script.</param>
    /// <param name="scripted">False: as a person types.</param>
    public static async Task<ScriptRun> RunAsync(Uri server, IEnumerable<string> lines, bool scripted = true)
    {
        using var input = new StringReader(string.Join('\n', lines));
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] args = ["--server", server.ToString(), "--plain", .. scripted ? ["--script", "-"] : Array.Empty<string>()];
        var app = new ConsoleApp(ConsoleOptions.Parse(args, _ => null), TimeProvider.System)
        {
            Input = input,
            Output = output,
            Errors = errors,
        };
        var code = await app.RunAsync(TestTimeouts.Token);
        return new(output.ToString(), errors.ToString(), code);
    }
}
