using System.Diagnostics;
using System.Text;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.Terminal;

/// <summary>The console program as a process with pipes.</summary>
internal sealed class ConsoleProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly StringBuilder _output = new();

    private ConsoleProcess(Process process, CancellationToken cancellationToken)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync(cancellationToken);
    }

    public static async Task<ConsoleProcess> StartAsync(string input, IEnumerable<string> args, CancellationToken cancellationToken)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [BuiltProgram.PathOf("Client.Console", "chathub"), .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        })!;
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        return new ConsoleProcess(process, cancellationToken);
    }

    /// <summary>Waits for a line with this beginning.</summary>
    public async Task ReadToAsync(string beginning, CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            _output.Append(line).Append('\n');
            if (line.StartsWith(beginning, StringComparison.Ordinal))
                return;
        }

        throw new InvalidOperationException($"The program ended before it printed {beginning}: {_output}{await _errors}");
    }

    public async Task<(string Output, string Errors, int Code)> EndAsync(CancellationToken cancellationToken)
    {
        _output.Append(await _process.StandardOutput.ReadToEndAsync(cancellationToken));
        await _process.WaitForExitAsync(cancellationToken);
        return (_output.ToString(), await _errors, _process.ExitCode);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
