using System.Diagnostics;

namespace ChatHub.Tests.Infrastructure;

/// <summary>The built server as a process of its own, on a database of its own.</summary>
public sealed class ServerProcess : IAsyncDisposable, ITestServer
{
    // A start asks for its database for 40 s, and ten of them share a machine.
    private static readonly TimeSpan StartLimit = 3 * TestTimeouts.Limit;

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string> _settings;
    private readonly string _program;
    private readonly string[] _switches;
    private Process? _process;

    private ServerProcess(string program, string[] switches, (string Key, string Value)[] settings)
    {
        (_program, _switches) = (program, switches);
        Database = TestDatabase.New(_folder);
        _settings = ServerSettings.For(Database, [("Urls", Ports.NextAddress()), .. settings]);
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public TestDatabase Database { get; }

    /// <summary>Its working directory.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Its memory in use, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Everything that the process has written, restarts included.</summary>
    public OutputLog Log { get; } = new();

    public static Task<ServerProcess> StartAsync(params (string Key, string Value)[] settings) =>
        StartAsync(Path.Combine(AppContext.BaseDirectory, "Server.dll"), settings);

    /// <param name="program">Another build of the server.</param>
    /// <param name="settings">Beyond those of every test.</param>
    public static Task<ServerProcess> StartAsync(string program, params (string Key, string Value)[] settings) => StartAsync(program, [], settings);

    /// <param name="switches">Of the command line.</param>
    /// <param name="settings">Beyond those of every test.</param>
    public static Task<ServerProcess> StartWithAsync(string[] switches, params (string Key, string Value)[] settings) =>
        StartAsync(Path.Combine(AppContext.BaseDirectory, "Server.dll"), switches, settings);

    private static async Task<ServerProcess> StartAsync(string program, string[] switches, (string Key, string Value)[] settings)
    {
        var server = new ServerProcess(program, switches, settings);
        try
        {
            await server.RunAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>kill -9: nothing is flushed, no close is sent.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Sends a signal, as an operator does; see <see cref="EndedAsync"/>.</summary>
    /// <param name="name">TERM, INT.</param>
    public async Task SignalAsync(string name = "TERM")
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process!.Id}"]);
        await kill.WaitForExitAsync(TestTimeouts.Token);
    }

    /// <summary>The exit code, once it has ended by itself.</summary>
    public async Task<int> EndedAsync()
    {
        await _process!.WaitForExitAsync(TestTimeouts.Token).SoonAsync();
        var code = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return code;
    }

    /// <summary>A clean stop: it ends by itself after the signal, with exit code 0.</summary>
    public async Task StopAsync(string signal = "TERM")
    {
        await SignalAsync(signal);
        if (await EndedAsync() is not 0 and var code)
            throw new InvalidOperationException($"The server ended with {code}:\n{Log.Text}");
    }

    /// <summary>Runs the program beside it with the same settings and switches; answers its exit code.</summary>
    public async Task<int> RunSwitchAsync(params string[] switches)
    {
        using var process = Process.Start(Prepare(switches))!;
        await process.WaitForExitAsync(TestTimeouts.Token).SoonAsync();
        Log.Add(await process.StandardOutput.ReadToEndAsync(TestTimeouts.Token));
        Log.Add(await process.StandardError.ReadToEndAsync(TestTimeouts.Token));
        return process.ExitCode;
    }

    /// <summary>
    /// Whether <c>--health</c> says that it is ready, by at most three attempts, as a container's health check makes them: each has its time
    /// limit, which a busy machine may exceed.
    /// </summary>
    public async Task<bool> IsHealthyAsync()
    {
        for (var attempts = 0; attempts < 3; attempts++)
        {
            if (await RunSwitchAsync("--health") == 0)
                return true;
        }

        return false;
    }

    /// <summary>Starts the program again on the same database and port, so that clients can reconnect.</summary>
    public Task RestartAsync() => RunAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
        await Database.DropAsync();
        _folder.Dispose();
    }

    private async Task RunAsync()
    {
        var listening = Log.NextAsync("Now listening on: ");
        _process = Process.Start(Prepare(_switches))!;
        _process.OutputDataReceived += (_, e) => Log.Add(e.Data ?? "");
        _process.ErrorDataReceived += (_, e) => Log.Add(e.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        var first = await Task.WhenAny(listening, _process.WaitForExitAsync()).WaitAsync(StartLimit);
        if (first != listening)
            throw new InvalidOperationException($"The server ended with {_process.ExitCode}:\n{Log.Text}");
        Address = new((await listening).Split("Now listening on: ")[1].Split('"')[0]);
    }

    private ProcessStartInfo Prepare(params string[] switches)
    {
        var start = new ProcessStartInfo("dotnet", [_program, .. switches])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        // Empty, it is not set.
        foreach (var (key, value) in _settings.Where(setting => setting is not { Key: "Urls", Value: "" }))
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return start;
    }
}
