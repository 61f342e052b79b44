using System.Diagnostics;

namespace ChatHub.Benchmarks;

/// <summary>
/// Waits until an idle server has nothing left to do: after its first messages the runtime goes on compiling in the background, and
/// after a crowd has gone there is something to clear away. It would be measured with the next round.
/// </summary>
public static class Settling
{
    private const double IdleShare = 0.05;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <param name="cpuTime">The servers' so far.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task WaitAsync(Func<TimeSpan> cpuTime, CancellationToken cancellation)
    {
        var elapsed = Stopwatch.StartNew();
        TimeSpan before;
        do
        {
            before = cpuTime();
            await Task.Delay(Step, cancellation);
        }
        while (cpuTime() - before > Step * IdleShare && elapsed.Elapsed < Limit);
    }
}
