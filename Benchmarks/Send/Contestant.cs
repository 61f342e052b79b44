using System.Diagnostics;

namespace ChatHub.Benchmarks.Send;

/// <summary>A running server with its connected pairs.</summary>
public sealed class Contestant(string name, ServerProcess server, IReadOnlyList<Pair> pairs) : IAsyncDisposable
{
    private const double IdleShare = 0.05;
    private static readonly TimeSpan SettlingStep = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan SettlingLimit = TimeSpan.FromSeconds(10);

    public string Name => name;

    /// <summary>All pairs send for so long; the measurement ends with the last acknowledgement and push.</summary>
    public async Task<Measurement> RunAsync(TimeSpan sending, int inFlight, CancellationToken cancellation)
    {
        var cpu = server.CpuTime;
        var start = Stopwatch.GetTimestamp();
        var deadline = start + (long)(sending.TotalSeconds * Stopwatch.Frequency);
        try
        {
            var results = await Task.WhenAll(pairs.Select(pair => pair.SendUntilAsync(deadline, inFlight, cancellation)));
            return Measurement.Of(results, Stopwatch.GetElapsedTime(start), server.CpuTime - cpu);
        }
        catch (BenchmarkException failure)
        {
            throw new BenchmarkException($"{name}: {failure.Message}\n{server.LastLines()}");
        }
    }

    /// <summary>
    /// Waits until the idle server has nothing left to do: after its first messages the runtime goes on compiling in the
    /// background, and would be charged for it in the next round.
    /// </summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        var limit = Stopwatch.StartNew();
        TimeSpan before;
        do
        {
            before = server.CpuTime;
            await Task.Delay(SettlingStep, cancellation);
        }
        while (server.CpuTime - before > SettlingStep * IdleShare && limit.Elapsed < SettlingLimit);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pair in pairs)
            await pair.DisposeAsync();
        await server.DisposeAsync();
    }
}
