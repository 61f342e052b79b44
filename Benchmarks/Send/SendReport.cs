using System.Runtime.InteropServices;
using System.Text;

namespace ChatHub.Benchmarks.Send;

/// <summary>All rounds, and the table of them.</summary>
public sealed class SendReport(SendOptions options, string other, string ours)
{
    private readonly SortedDictionary<int, List<(Measurement Other, Measurement Ours)>> _byDepth = [];
    private readonly List<double> _fsyncs = [];

    public static string Progress(int round, int depth, Measurement other, Measurement ours) =>
        $"round {round}, {depth} in flight: "
        + $"{other.PerSecond:0} against {ours.PerSecond:0} messages/s, "
        + $"{other.CpuMicroseconds:0} against {ours.CpuMicroseconds:0} µs ({ours.CpuMicroseconds / other.CpuMicroseconds:0.00}×)";

    public void Add(int depth, Measurement other, Measurement ours)
    {
        if (!_byDepth.TryGetValue(depth, out var rounds))
            _byDepth[depth] = rounds = [];
        rounds.Add((other, ours));
    }

    public void AddFsyncs(IEnumerable<double> milliseconds) => _fsyncs.AddRange(milliseconds);

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine($"| in flight | | {other} | {ours} | {ours} ÷ {other} |");
        text.AppendLine("|--:|---|--:|--:|--:|");
        foreach (var (depth, rounds) in _byDepth)
        {
            AppendRow(text, depth, "messages/s", "#,0", rounds, m => m.PerSecond);
            AppendRow(text, depth, "server CPU per message, µs", "0", rounds, m => m.CpuMicroseconds);
            AppendRow(text, depth, "acknowledgement p50, ms", "0.00", rounds, m => m.P50);
            AppendRow(text, depth, "acknowledgement p99, ms", "0.00", rounds, m => m.P99);
        }

        text.AppendLine();
        AppendConditions(text);
        return text.ToString();
    }

    private static void AppendRow(
        StringBuilder text, int depth, string what, string format, List<(Measurement Other, Measurement Ours)> rounds,
        Func<Measurement, double> value)
    {
        double[] others = [.. rounds.Select(round => value(round.Other))];
        double[] ours = [.. rounds.Select(round => value(round.Ours))];
        double[] ratios = [.. rounds.Select(round => value(round.Ours) / value(round.Other))];
        text.AppendLine($"| {depth} | {what} | {Statistics.Spread(others, format)} | {Statistics.Spread(ours, format)} | **{Statistics.Spread(ratios, "0.00")}** |");
    }

    private void AppendConditions(StringBuilder text)
    {
        var all = _byDepth.Values.SelectMany(rounds => rounds).ToArray();
        text.AppendLine($"Median (least..most) of {options.Rounds} rounds of {options.Seconds} s, after a warm-up that is not counted; "
            + $"{options.Pairs} pairs, {2 * options.Pairs} connections; ratios are those of one round.");
        text.AppendLine($"{all.Sum(round => round.Other.Messages):#,0} and {all.Sum(round => round.Ours.Messages):#,0} messages, "
            + "each acknowledged once and pushed once; "
            + $"bytes per result {Mean(m => m.ResultBytes)}, per event {Mean(m => m.PushBytes)} ({other}, {ours}).");
        text.AppendLine($"fsync of 4 KiB where the database lies: median {Statistics.Median(_fsyncs):0.00} ms, "
            + $"p99 {Statistics.Percentile(_fsyncs, 0.99):0.00} ms. "
            + $"{Environment.ProcessorCount} cores, driver included; {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}.");

        string Mean(Func<Measurement, double> bytes) =>
            $"{all.Average(round => bytes(round.Other)):0} and {all.Average(round => bytes(round.Ours)):0}";
    }
}
