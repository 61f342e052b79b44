using System.Diagnostics;
using Xunit;

namespace ChatHub.Tests.Infrastructure;

/// <summary>A program that a test runs beside itself.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <summary>Both its streams, in the order of arrival.</summary>
    public OutputLog Log { get; } = new();

    public static ChildProcess Start(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var child = new ChildProcess(process);
        process.OutputDataReceived += (_, e) => child.Add(e.Data);
        process.ErrorDataReceived += (_, e) => child.Add(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    public Task WriteAsync(string lines) => _process.StandardInput.WriteLineAsync(lines);

    /// <summary>Waits until it has ended well; what it has written is the failure's message otherwise.</summary>
    public async Task<string> SucceedAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(Patience.Token).SoonAsync($"the end of {_process.StartInfo.FileName}; it wrote:\n{Log.Text}");
        Assert.True(_process.ExitCode == 0, $"Exit code {_process.ExitCode}:\n{Log.Text}");
        return Log.Text;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    // The end of a stream is told as null.
    private void Add(string? line)
    {
        if (line is not null)
            Log.Add(line);
    }
}
