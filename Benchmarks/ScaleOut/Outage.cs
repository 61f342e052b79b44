namespace ChatHub.Benchmarks.ScaleOut;

/// <summary>One outage, as it was noticed.</summary>
/// <param name="What">Happened to Redis.</param>
/// <param name="Converged">Seconds from its return until every receiver had all that was acknowledged.</param>
/// <param name="Syncs">Calls of Sync from its beginning until then.</param>
/// <param name="Before">Milliseconds from sending to the live event, for messages within one instance, from rest.</param>
/// <param name="During">The same while Redis was away.</param>
public sealed record Outage(
    string What, double Converged, double Syncs, IReadOnlyCollection<double> Before, IReadOnlyCollection<double> During)
{
    /// <summary>How many times higher the p99 is.</summary>
    public double Ratio => Statistics.Percentile(During, 0.99) / Statistics.Percentile(Before, 0.99);
}
