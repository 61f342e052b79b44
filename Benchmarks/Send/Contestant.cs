using System.Diagnostics;

namespace ChatHub.Benchmarks.Send;

/// <summary>A running server with its connected pairs.</summary>
public sealed class Contestant(string name, ServerProcess server, IReadOnlyList<Pair> pairs) : IAsyncDisposable
{
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

    public async ValueTask DisposeAsync()
    {
        foreach (var pair in pairs)
            await pair.DisposeAsync();
        await server.DisposeAsync();
    }
}
