using System.Diagnostics;

namespace ChatHub.Benchmarks;

/// <summary>One server under test: a process of its own on a free loopback port, ended by its id.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const string Announcement = "Now listening on: ";
    private const int LinesKept = 40;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _lastLines = new(LinesKept);

    private ServerProcess(Process process) => _process = process;

    public Uri Address => _address.Task.Result;
    public int Id => _process.Id;

    /// <summary>The program that runs assemblies: the one that runs this one.</summary>
    public static string DotnetHost => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>What the operating system has charged to the process so far: user and system time of all its threads.</summary>
    public TimeSpan CpuTime => Refreshed().TotalProcessorTime;

    /// <summary>Bytes in memory, as the operating system counts them: now.</summary>
    public long Memory => Refreshed().WorkingSet64;

    /// <summary>The most bytes that were in memory since the process began.</summary>
    public long PeakMemory => Refreshed().PeakWorkingSet64;

    /// <summary>Files and sockets.</summary>
    public int OpenFiles => Refreshed().HandleCount;

    public static Task<ServerProcess> StartAsync(
        IEnumerable<string> dotnetArguments, string workingFolder, IReadOnlyDictionary<string, string> environment) =>
        StartAsync(DotnetHost, dotnetArguments, workingFolder, environment);

    /// <param name="program">It writes "Now listening on: " and its address when it is ready.</param>
    /// <param name="arguments">Of the program.</param>
    /// <param name="workingFolder">Of the process.</param>
    /// <param name="environment">Added to this process' own.</param>
    public static async Task<ServerProcess> StartAsync(
        string program, IEnumerable<string> arguments, string workingFolder, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var server = new ServerProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Why a run failed is usually in the server's last words.</summary>
    public string LastLines()
    {
        lock (_lastLines)
            return string.Join(Environment.NewLine, _lastLines);
    }

    private Process Refreshed()
    {
        _process.Refresh();
        return _process;
    }

    private async Task StartAsync()
    {
        // Both streams are read to their end: a full pipe would stop the server in the middle of a round.
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _address.TrySetException(new BenchmarkException($"a server ended early:\n{LastLines()}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            await _address.Task.WaitAsync(StartTimeout);
        }
        catch (TimeoutException)
        {
            throw new BenchmarkException($"a server did not start within {StartTimeout.TotalSeconds:0} s:\n{LastLines()}");
        }
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        lock (_lastLines)
        {
            if (_lastLines.Count == LinesKept)
                _lastLines.Dequeue();
            _lastLines.Enqueue(line);
        }

        var at = line.IndexOf(Announcement, StringComparison.Ordinal);
        if (at >= 0)
            _address.TrySetResult(new Uri(line[(at + Announcement.Length)..].Trim()));
    }
}
