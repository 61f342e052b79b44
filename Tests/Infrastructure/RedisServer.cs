using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace ChatHub.Tests.Infrastructure;

/// <summary>A real redis-server on a free port, keeping nothing on disk.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly int _port = FreePort();
    private readonly string? _password;
    private Process? _process;

    private RedisServer(string? password) => _password = password;

    /// <summary>For <c>Redis:Configuration</c>.</summary>
    public string Configuration => _password is null ? Address.Authority : $"{Address.Authority},password={_password}";

    public Uri Address => new($"redis://127.0.0.1:{_port}");

    /// <summary>Skips the test where there is no redis-server.</summary>
    public static async Task<RedisServer> StartAsync(string? password = null)
    {
        var server = NotStarted(password);
        await server.RunAsync();
        return server;
    }

    /// <summary>A port where nobody listens yet.</summary>
    public static RedisServer NotStarted(string? password = null) => new(password);

    public async Task RunAsync()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string[] arguments = ["--port", $"{_port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
        var start = new ProcessStartInfo("redis-server", _password is null ? arguments : [.. arguments, "--requirepass", _password])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("redis-server is not installed.");
        }

        _process!.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("Ready to accept connections", StringComparison.Ordinal) == true)
                ready.TrySetResult();
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ready.Task.SoonAsync("redis-server is ready");
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Stops it in its tracks: its sockets stay open, and nothing answers.</summary>
    public Task PauseAsync() => SignalAsync("-STOP");

    public Task ResumeAsync() => SignalAsync("-CONT");

    /// <summary>One command, its answer as it came.</summary>
    public async Task<string> AskAsync(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _port, Patience.Token);
        var login = _password is null ? "" : $"AUTH {_password}\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{login}{command}\r\nQUIT\r\n"), Patience.Token);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync(Patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
