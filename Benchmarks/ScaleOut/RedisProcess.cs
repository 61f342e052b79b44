using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatHub.Benchmarks.ScaleOut;

/// <summary>A redis-server of the run's own on a free loopback port, keeping nothing on disk.</summary>
public sealed class RedisProcess : IAsyncDisposable
{
    private readonly int _port = FreePort();
    private Process? _process;

    private RedisProcess()
    {
    }

    public string Configuration => $"127.0.0.1:{_port}";

    public static async Task<RedisProcess> StartAsync()
    {
        var redis = new RedisProcess();
        await redis.RunAsync();
        return redis;
    }

    public async Task RunAsync()
    {
        var start = new ProcessStartInfo("redis-server", ["--port", $"{_port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        {
            RedirectStandardOutput = true,
        };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new BenchmarkException("redis-server is not installed");
        }

        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
                return;
        }

        throw new BenchmarkException("redis-server ended early");
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>SIGSTOP or SIGCONT.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>How often Redis has carried out the command, by its own account.</summary>
    public async Task<long> CallsAsync(string command)
    {
        var line = (await AskAsync("INFO commandstats")).Split('\n')
            .FirstOrDefault(line => line.StartsWith($"cmdstat_{command}:calls=", StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.Split('=', ',')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Begins to count again.</summary>
    public Task ResetCallsAsync() => AskAsync("CONFIG RESETSTAT");

    private async Task<string> AskAsync(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{command}\r\nQUIT\r\n"));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
