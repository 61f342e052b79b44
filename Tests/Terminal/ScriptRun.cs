using ChatHub.Terminal;
using ChatHub.Terminal.Input;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.Terminal;

/// <summary>The output and exit code of a run of the whole program in this process.</summary>
internal sealed record ScriptRun(string Output, string Errors, int Code)
{
    /// <param name="server">The server.</param>
    /// <param name="lines">The typed lines, or the script.</param>
    /// <param name="scripted">False: as a person types.</param>
    /// <param name="token">An access token to sign in with.</param>
    public static async Task<ScriptRun> RunAsync(Uri server, IEnumerable<string> lines, bool scripted = true, string? token = null)
    {
        using var input = new StringReader(string.Join('\n', lines));
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] args = ["--server", server.ToString(), "--plain", .. scripted ? ["--script", "-"] : Array.Empty<string>(), .. token is null ? Array.Empty<string>() : ["--token", token]];
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
