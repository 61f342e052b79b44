using System.Diagnostics;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.Terminal.FullScreen;

/// <summary>The console in a real terminal: tmux runs it, types the keys and returns the screen.</summary>
internal sealed class Tmux : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly TempFolder _folder = new();
    private readonly string _socket = $"chathub-test-{Guid.NewGuid():N}";

    public static bool IsInstalled { get; } = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "tmux")));

    /// <summary>The program's configuration folder.</summary>
    public string Configuration => _folder.FullName;

    public static async Task<Tmux> StartAsync(Uri server, int width = 100, int height = 24, string arguments = "")
    {
        var tmux = new Tmux();
        await tmux.StartProgramAsync(server, width, height, arguments);
        return tmux;
    }

    public Task StartProgramAsync(Uri server, int width = 100, int height = 24, string arguments = "")
    {
        var program = $"XDG_CONFIG_HOME='{Configuration}' NO_COLOR= COLUMNS= LINES= dotnet '{BuiltProgram.PathOf("Client.Console", "chathub")}' --server {server} {arguments}; sleep 30";
        return RunAsync("-f", "/dev/null", "new-session", "-d", "-x", $"{width}", "-y", $"{height}", program);
    }

    /// <summary>Types a line and presses Enter.</summary>
    public async Task EnterAsync(string line)
    {
        await RunAsync("send-keys", "-l", line);
        await RunAsync("send-keys", "Enter");
    }

    public Task PressAsync(params string[] keys) => RunAsync(["send-keys", .. keys]);

    public Task ResizeAsync(int width, int height) => RunAsync("resize-window", "-x", $"{width}", "-y", $"{height}");

    /// <summary>Waits until the screen contains a text, and returns the screen, optionally with colours as escape sequences.</summary>
    public async Task<string> SeeAsync(string text, bool colors = false)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var screen = await (colors ? RunAsync("capture-pane", "-p", "-e") : RunAsync("capture-pane", "-p"));
            if (screen.Contains(text, StringComparison.Ordinal))
                return screen;
            if (clock.Elapsed > TestTimeouts.Limit)
                throw new TimeoutException($"The screen never showed \"{text}\", but:\n{screen}");
            // A terminal has no event to await: it is polled.
            await Task.Delay(PollInterval, TestTimeouts.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("kill-server");
        _folder.Dispose();
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("tmux", ["-u", "-L", _socket, .. arguments]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return output;
    }
}
