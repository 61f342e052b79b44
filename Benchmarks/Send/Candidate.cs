using System.Diagnostics;

namespace ChatHub.Benchmarks.Send;

/// <summary>Starts one of the two that are measured side by side.</summary>
public delegate Task<Candidate> StartCandidate(SendOptions options, string folder, CancellationToken cancellation);

/// <summary>A running server, or several that serve together, with its connected pairs.</summary>
/// <param name="name">In the table.</param>
/// <param name="servers">One process, or several that serve together: their CPU is summed.</param>
/// <param name="pairs">Connected to them.</param>
/// <param name="used">By the servers: it ends after them.</param>
public sealed class Candidate(
    string name, IReadOnlyList<ServerProcess> servers, IReadOnlyList<Pair> pairs, IAsyncDisposable? used = null) : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _more = [];

    public string Name => name;

    /// <summary>The first one, or the only one.</summary>
    public ServerProcess Server => servers[0];

    /// <summary>From one message to the next of each pair; zero is as fast as acknowledgements come.</summary>
    public void SetPace(TimeSpan pace)
    {
        foreach (var pair in pairs)
            pair.Pace = pace;
    }

    /// <summary>This ends with the candidate, before its servers.</summary>
    public void Add(IAsyncDisposable other) => _more.Add(other);

    private TimeSpan CpuTime => TimeSpan.FromTicks(servers.Sum(server => server.CpuTime.Ticks));

    private string LastLines => string.Join('\n', servers.Select(server => server.LastLines()));

    /// <summary>All pairs send for so long; the measurement ends with the last acknowledgement and push.</summary>
    public async Task<Measurement> RunAsync(TimeSpan sending, int inFlight, CancellationToken cancellation)
    {
        var cpu = CpuTime;
        var start = Stopwatch.GetTimestamp();
        var deadline = start + (long)(sending.TotalSeconds * Stopwatch.Frequency);
        try
        {
            var results = await Task.WhenAll(pairs.Select(pair => pair.SendUntilAsync(deadline, inFlight, cancellation)));
            return Measurement.Of(results, Stopwatch.GetElapsedTime(start), CpuTime - cpu);
        }
        catch (BenchmarkException failure)
        {
            throw new BenchmarkException($"{name}: {failure.Message}\n{LastLines}");
        }
    }

    public Task SettleAsync(CancellationToken cancellation) => Settling.WaitAsync(() => CpuTime, cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (var pair in pairs)
            await pair.DisposeAsync();
        try
        {
            foreach (var other in _more)
                await other.DisposeAsync();
        }
        finally
        {
            // The first one's folder holds the database.
            foreach (var server in servers.Reverse())
                await server.DisposeAsync();
            if (used is not null)
                await used.DisposeAsync();
        }
    }
}
