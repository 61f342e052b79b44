using ChatHub.Benchmarks.Reports;

namespace ChatHub.Benchmarks.ScaleOut;

/// <summary>All outages of a run, and whether the goals are met.</summary>
public sealed class OutageReport(int clients)
{
    private const double MostRatio = 2;
    private const int Few = 500;
    private static readonly Comparison DuringBefore = new(1, 0);
    private readonly List<Outage> _outages = [];

    /// <summary>Seconds.</summary>
    private int ConvergedWithin => clients <= Few ? 5 : 30;

    public void Add(Outage outage) => _outages.Add(outage);

    public Report ToReport()
    {
        var groups = _outages.GroupBy(outage => outage.What).ToArray();
        return new()
        {
            Name = clients <= Few ? "outage" : $"outage-{clients}",
            Title = $"Redis goes away under {clients:#,0} clients",
            Candidates = ["before", "during", "after its return"],
            Comparisons = [DuringBefore],
            Rows = [.. groups.SelectMany(RowsOf)],
            Goals = [.. groups.SelectMany(GoalsOf)],
            Notes = ["Times on one instance are from sending to the live event; converged means that every receiver has all that was acknowledged."],
        };
    }

    private static IEnumerable<Row> RowsOf(IGrouping<string, Outage> outages)
    {
        yield return Latency(outages, "p50, ms", latencies => Statistics.Percentile(latencies, 0.50));
        yield return Latency(outages, "p99, ms", latencies => Statistics.Percentile(latencies, 0.99));
        yield return Latency(outages, "worst, ms", latencies => latencies.Max());
        yield return new(outages.Key, "converged, s", "0.0", [[], [], [.. outages.Select(outage => outage.Converged)]]);
        yield return new(outages.Key, "calls of Sync", "#,0", [[], [], [.. outages.Select(outage => outage.Syncs)]], IsCharted: false);
    }

    private static Row Latency(IGrouping<string, Outage> outages, string measure, Func<IReadOnlyCollection<double>, double> of) => new(
        outages.Key, measure, "0.0", [[.. outages.Select(outage => of(outage.Before))], [.. outages.Select(outage => of(outage.During))], []]);

    private IEnumerable<Goal> GoalsOf(IGrouping<string, Outage> outages)
    {
        yield return Goal.AtMost($"{outages.Key}: seconds until converged, at worst", outages.Max(outage => outage.Converged), ConvergedWithin);
        yield return Goal.AtMost($"{outages.Key}: p99 during ÷ before", Statistics.Median([.. outages.Select(outage => outage.Ratio)]), MostRatio);
    }
}
