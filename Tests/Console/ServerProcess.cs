using System.Diagnostics;

namespace ChatHub.Tests.Terminal;

/// <summary>ChatHub's own server as a process, on a free port, with a database of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Ready = "ChatHub is ready: ";

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private ServerProcess(Process process, DirectoryInfo folder)
    {
        _process = process;
        _folder = folder;
    }

    public Uri Address { get; private set; } = null!;

    public static async Task<ServerProcess> StartAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("chathub-");
        var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Server.dll")])
        {
            WorkingDirectory = folder.FullName,
            Environment = { ["Urls"] = "http://127.0.0.1:0" },
            RedirectStandardOutput = true,
        })!;
        var server = new ServerProcess(process, folder);
        try
        {
            server.Address = await ReadAddressAsync(process.StandardOutput, cancellationToken);
        }
        catch
        {
            server.Dispose();
            throw;
        }

        // What it logs from here on is not looked at, but the pipe must not fill up.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        return server;
    }

    private static async Task<Uri> ReadAddressAsync(StreamReader log, CancellationToken cancellationToken)
    {
        while (await log.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.IndexOf(Ready, StringComparison.Ordinal) is >= 0 and var start)
                return new Uri(line[(start + Ready.Length)..].Split(' ')[0]);
        }

        throw new InvalidOperationException("The server ended before it was ready.");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
