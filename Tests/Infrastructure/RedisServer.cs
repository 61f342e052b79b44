using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Xunit;

namespace ChatHub.Tests.Infrastructure;

/// <summary>What a redis-server speaks TLS with: its name, and who vouches for it.</summary>
public sealed record RedisTls(TestAuthority Authority, string Host);

/// <summary>A real redis-server on a free port, keeping nothing on disk.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly int _port = Ports.Next();
    private readonly string? _password;
    private readonly RedisTls? _tls;
    private Process? _process;

    private RedisServer(string? password, RedisTls? tls) => (_password, _tls) = (password, tls);

    /// <summary>For <c>Redis:Configuration</c>.</summary>
    public string Configuration =>
        Address.Authority + (_password is null ? "" : $",password={_password}") + (_tls is null ? "" : $",ssl=true,sslHost={_tls.Host}");

    public Uri Address => new($"redis://127.0.0.1:{_port}");

    /// <summary>Skips the test where there is no redis-server, or none with TLS that is to have it.</summary>
    public static async Task<RedisServer> StartAsync(string? password = null, RedisTls? tls = null)
    {
        var server = NotStarted(password, tls);
        await server.RunAsync();
        return server;
    }

    /// <summary>A free port.</summary>
    public static RedisServer NotStarted(string? password = null, RedisTls? tls = null) => new(password, tls);

    public async Task RunAsync()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var errors = new OutputLog();
        var start = new ProcessStartInfo("redis-server", Arguments())
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
        _process.ErrorDataReceived += (_, line) => errors.Add(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (await Task.WhenAny(ready.Task, _process.WaitForExitAsync()).SoonAsync("redis-server is ready") == ready.Task)
            return;
        Assert.SkipWhen(errors.Text.Contains("'tls-port", StringComparison.Ordinal), "This redis-server was built without TLS.");
        Assert.Fail($"redis-server has ended: {errors.Text}");
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Suspends the process: its sockets stay open, and it does not respond.</summary>
    public Task PauseAsync() => SignalAsync("-STOP");

    public Task ResumeAsync() => SignalAsync("-CONT");

    /// <summary>One command; its raw response.</summary>
    public async Task<string> AskAsync(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _port, TestTimeouts.Token);
        await using var stream = await SecuredAsync(client.GetStream());
        var login = _password is null ? "" : $"AUTH {_password}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{login}{command}\r\nQUIT\r\n"), TestTimeouts.Token);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestTimeouts.Token);
    }

    /// <summary>The texts that one command returns.</summary>
    public async Task<string[]> ListAsync(string command) =>
        [.. (await AskAsync(command)).Split("\r\n").Where(line => line.Length > 0 && line[0] is not ('*' or '$' or '+'))];

    /// <summary>Done when a key's time to live was set again.</summary>
    public async Task RenewedAsync(string key)
    {
        for (var (left, before) = (await TimeToLiveAsync(key), long.MaxValue); left <= before; (left, before) = (await TimeToLiveAsync(key), left))
            await Task.Delay(20, TestTimeouts.Token);
    }

    /// <summary>Done when a key has a time to live, or is gone.</summary>
    public Task ExpiringAsync(string key) => TestTimeouts.EventuallyAsync(async () => await TimeToLiveAsync(key) != -1);

    /// <summary>Done when it has refused a password so many times more.</summary>
    public async Task RefusedAsync(int times)
    {
        const string refusals = "errorstat_WRONGPASS:count=";
        var end = await CounterAsync("errorstats", refusals) + times;
        await TestTimeouts.EventuallyAsync(async () => await CounterAsync("errorstats", refusals) >= end);
    }

    /// <summary>Done when others have connected, or tried to, so many times more.</summary>
    public async Task AttemptedAsync(int times)
    {
        const string connections = "total_connections_received:";
        var end = await CounterAsync("stats", connections) + times;
        // Each question is a connection too.
        await TestTimeouts.EventuallyAsync(async () => await CounterAsync("stats", connections) > end++);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
    }

    private async Task<long> TimeToLiveAsync(string key) =>
        long.Parse((await AskAsync($"PTTL {key}")).Split("\r\n").First(line => line.StartsWith(':')).AsSpan(1), CultureInfo.InvariantCulture);

    /// <summary>A number of its INFO; 0 where it has none yet.</summary>
    private async Task<long> CounterAsync(string section, string counter)
    {
        var line = (await AskAsync($"INFO {section}")).Split("\r\n").FirstOrDefault(line => line.StartsWith(counter, StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.AsSpan(counter.Length), CultureInfo.InvariantCulture);
    }

    private string[] Arguments()
    {
        List<string> arguments = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
        if (_password is not null)
            arguments.AddRange(["--requirepass", _password]);
        if (_tls is null)
            return [.. arguments, "--port", $"{_port}"];
        var (certificate, key) = _tls.Authority.Issue(_tls.Host);
        return [.. arguments, "--port", "0", "--tls-port", $"{_port}", "--tls-cert-file", certificate, "--tls-key-file", key, "--tls-auth-clients", "no"];
    }

    private async Task<Stream> SecuredAsync(Stream plain)
    {
        if (_tls is null)
            return plain;
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(_tls.Authority.Certificate);
        var secured = new SslStream(plain);
        await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = _tls.Host, CertificateChainPolicy = trust }, TestTimeouts.Token);
        return secured;
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
