using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Hosting.Shutdown;

/// <summary>
/// Handles the operator's signals, in place of the framework's console lifetime, which closes every connection at once.
/// SIGTERM drains first. Ctrl-C (SIGINT) and SIGQUIT drain within a second, because they come from a terminal; a second
/// signal ends the draining.
/// </summary>
public sealed class DrainingHostLifetime(Drain drain, IHostApplicationLifetime application, IOptions<ShutdownOptions> options)
    : IHostLifetime, IDisposable
{
    private static readonly TimeSpan TerminalDrainTime = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _forceStop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _signals;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
            _registrations.Add(PosixSignalRegistration.Create(signal, Handle));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _forceStop.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        // The process ends by itself, with its own exit code.
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) > 1)
            _forceStop.Cancel();
        else
            _ = DrainAndStopAsync(context.Signal);
    }

    private async Task DrainAndStopAsync(PosixSignal signal)
    {
        var time = TimeSpan.FromSeconds(options.Value.DrainSeconds);
        try
        {
            await drain.RunAsync(signal == PosixSignal.SIGTERM || time < TerminalDrainTime ? time : TerminalDrainTime, _forceStop.Token);
        }
        finally
        {
            application.StopApplication();
        }
    }
}
