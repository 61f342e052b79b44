namespace ChatHub.Server.Common;

/// <summary>For services of the host that begin with it.</summary>
public static class HostLifetimes
{
    /// <summary>Ends once the host has started. A start that fails ends without a stop: what began before would meet disposed services.</summary>
    public static async Task StartedAsync(this IHostApplicationLifetime lifetime, CancellationToken cancellation)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellation);
    }
}
