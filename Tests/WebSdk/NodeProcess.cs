using System.Diagnostics;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.WebSdk;

/// <summary>A script that runs beside the test, which follows what it writes.</summary>
public sealed class NodeProcess : IDisposable
{
    private static readonly TimeSpan MaxRun = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly OutputLog _log = new();

    public NodeProcess(string folder, string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo("node", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += (_, e) => _log.Add(e.Data ?? "");
        _process.ErrorDataReceived += (_, e) => _log.Add(e.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits for a line; the test fails when the script ends without it.</summary>
    public async Task SaysAsync(string line)
    {
        var found = _log.FindAsync(line);
        var first = await Task.WhenAny(found, _process.WaitForExitAsync(TestTimeouts.Token)).WaitAsync(MaxRun);
        Assert.True(first == found || found.IsCompleted, _log.Text);
    }

    /// <summary>Waits for its end, which is a good one.</summary>
    public async Task EndsAsync()
    {
        await _process.WaitForExitAsync(TestTimeouts.Token).WaitAsync(MaxRun);
        Assert.True(_process.ExitCode == 0, _log.Text);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
