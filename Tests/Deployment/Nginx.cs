using System.Diagnostics;
using System.Net;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.Deployment;

/// <summary>A real nginx with deploy/nginx.conf as it is, but for addresses and folders.</summary>
internal sealed class Nginx : IAsyncDisposable, ITestServer
{
    private readonly TempFolder _folder = new();
    private readonly ServerProcess _first;
    private readonly Process _process;

    private Nginx(string program, ServerProcess first, ServerProcess second)
    {
        _first = first;
        Address = new(Ports.NextAddress());
        var config = File.ReadAllText(Repository.File("deploy", "nginx.conf"))
            .Replace("/tmp/", _folder.File(""), StringComparison.Ordinal)
            .Replace("chathub-1:8080", first.Address.Authority, StringComparison.Ordinal)
            .Replace("chathub-2:8080", second.Address.Authority, StringComparison.Ordinal)
            .Replace("listen 8080", $"listen {Address.Authority}", StringComparison.Ordinal)
            .Replace("worker_processes auto", "worker_processes 1", StringComparison.Ordinal)
            .Replace("/dev/stdout", AccessLog, StringComparison.Ordinal)
            .Replace("/dev/stderr", ErrorLog, StringComparison.Ordinal);
        File.WriteAllText(_folder.File("nginx.conf"), config);
        _process = Process.Start(new ProcessStartInfo(
            program, ["-p", _folder.FullName, "-c", _folder.File("nginx.conf"), "-e", ErrorLog, "-g", "daemon off;"]))!;
    }

    public Uri Address { get; }

    public TestDatabase Database => _first.Database;

    public string Logs => File.ReadAllText(AccessLog) + File.ReadAllText(ErrorLog);

    private string AccessLog => _folder.File("access.log");

    private string ErrorLog => _folder.File("error.log");

    public static async Task<Nginx> StartAsync(ServerProcess first, ServerProcess second)
    {
        var nginx = new Nginx(Tool.Find("nginx"), first, second);
        var clock = Stopwatch.StartNew();
        while (!await nginx.AnswersAsync())
        {
            if (nginx._process.HasExited || clock.Elapsed > TestTimeouts.Limit)
            {
                var said = await File.ReadAllTextAsync(nginx.ErrorLog);
                await nginx.DisposeAsync();
                throw new InvalidOperationException($"nginx does not answer: {said}");
            }

            // It says nowhere that it listens.
            await Task.Delay(50, TestTimeouts.Token);
        }

        return nginx;
    }

    public async ValueTask DisposeAsync()
    {
        // Its workers end with it when it is asked, not when it is killed.
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return (await this.HttpAsync("GET", "/health/live", Credentials.None)).Status == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
