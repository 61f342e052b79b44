using System.Text;

namespace ChatHub.Benchmarks.ScaleOut;

/// <summary>All outages of a run, and whether the goals are met.</summary>
public sealed class OutageReport(int clients)
{
    private const double MostRatio = 2;
    private const int Few = 500;
    private readonly List<Outage> _outages = [];

    /// <summary>Seconds.</summary>
    private int ConvergedWithin => clients <= Few ? 5 : 30;

    public void Add(Outage outage) => _outages.Add(outage);

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine($"| {clients:#,0} clients, Redis is | | before | during | during ÷ before |");
        text.AppendLine("|---|---|--:|--:|--:|");
        foreach (var outages in _outages.GroupBy(outage => outage.What))
        {
            AppendRow(text, outages, "p50, ms", latencies => Statistics.Percentile(latencies, 0.50));
            AppendRow(text, outages, "p99, ms", latencies => Statistics.Percentile(latencies, 0.99));
            AppendRow(text, outages, "worst, ms", latencies => latencies.Max());
        }

        text.AppendLine();
        text.AppendLine($"| {clients:#,0} clients, Redis is | converged after its return, s | goal: at most {ConvergedWithin} | calls of Sync | p99 during ÷ before | goal: at most {MostRatio} |");
        text.AppendLine("|---|--:|---|--:|--:|---|");
        foreach (var outages in _outages.GroupBy(outage => outage.What))
        {
            var converged = outages.Select(outage => outage.Converged).ToArray();
            var ratios = outages.Select(outage => outage.Ratio).ToArray();
            text.AppendLine($"| {outages.Key} | {Statistics.Spread(converged, "0.0")} | {Verdict(converged.Max() <= ConvergedWithin)} "
                + $"| {Statistics.Spread([.. outages.Select(outage => outage.Syncs)], "#,0")} "
                + $"| {Statistics.Spread(ratios, "0.00")} | {Verdict(Statistics.Median(ratios) <= MostRatio)} (in {ratios.Count(ratio => ratio <= MostRatio)} of {ratios.Length}) |");
        }

        return text.ToString();
    }

    private static string Verdict(bool isMet) => isMet ? "met" : "**missed**";

    private static void AppendRow(
        StringBuilder text, IGrouping<string, Outage> outages, string name, Func<IReadOnlyCollection<double>, double> of)
    {
        double[] before = [.. outages.Select(outage => of(outage.Before))];
        double[] during = [.. outages.Select(outage => of(outage.During))];
        double[] ratios = [.. during.Zip(before, (one, other) => one / other)];
        text.AppendLine($"| {outages.Key} | {name} | {Statistics.Spread(before, "0.0")} | {Statistics.Spread(during, "0.0")} | {Statistics.Spread(ratios, "0.00")} |");
    }
}
