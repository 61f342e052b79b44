using System.Diagnostics;

namespace ChatHub.Tests.Infrastructure;

/// <summary>The built server as a process of its own, on a database of its own.</summary>
public sealed class ServerProcess : IAsyncDisposable, ITestServer
{
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string> _settings;
    private Process? _process;

    private ServerProcess((string Key, string Value)[] settings)
    {
        Database = TestDatabase.New(_folder);
        _settings = ServerSettings.For(Database, settings);
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public TestDatabase Database { get; }

    /// <summary>Everything that it has written, over all its lives.</summary>
    public OutputLog Log { get; } = new();

    public static async Task<ServerProcess> StartAsync(params (string Key, string Value)[] settings)
    {
        var server = new ServerProcess(settings);
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

    /// <summary>kill -9: nothing is flushed, nothing is said.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>A new life on the same database and the same port, so that clients find it again.</summary>
    public Task RestartAsync()
    {
        _settings["Urls"] = Address.GetLeftPart(UriPartial.Authority);
        return RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
        await Database.DropAsync();
        _folder.Dispose();
    }

    private async Task RunAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Server.dll")])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        foreach (var (key, value) in _settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;

        var listening = Log.NextAsync("Now listening on: ");
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) => Log.Add(e.Data ?? "");
        _process.ErrorDataReceived += (_, e) => Log.Add(e.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        var first = await Task.WhenAny(listening, _process.WaitForExitAsync()).WaitAsync(Patience.Limit);
        if (first != listening)
            throw new InvalidOperationException($"The server ended with {_process.ExitCode}:\n{Log.Text}");
        Address = new((await listening).Split("Now listening on: ")[1]);
    }
}
