using System.Diagnostics;
using ChatHub.Benchmarks.Reports;

namespace ChatHub.Benchmarks.Growth;

/// <summary>The same calls, one after the other, on a nearly empty database and on a large one: what does the size cost?</summary>
public static class GrowthScenario
{
    private const double MedianGoal = 1.3;
    private const double TailGoal = 2.0;
    private const string P50 = "p50, ms";
    private const string P99 = "p99, ms";
    private static readonly Comparison LargeToSmall = new(1, 0);

    private sealed record Samples(List<double> Medians, List<double> Tails);

    public static Task<Report> RunAsync(string[] args) => GrowthOptions.RunAsync(args, MeasureAsync);

    private static async Task<Report> MeasureAsync(GrowthOptions options)
    {
        await using var small = await DataSet.StartAsync(options.Small, options.Folder, options.Server);
        await using var large = await DataSet.StartAsync(options.Large, options.Folder, options.Server);
        await using var onSmall = await GrowthClient.ConnectAsync(small);
        await using var onLarge = await GrowthClient.ConnectAsync(large);
        var pairs = onSmall.Operations.Zip(onLarge.Operations).ToArray();
        await WarmUpAsync(pairs, options.WarmUpCalls);
        var rows = new List<Row>();
        foreach (var (one, other) in pairs)
        {
            rows.AddRange(await CompareAsync(one, other, options));
            await Console.Error.WriteLineAsync($"{one.Name}: p50 {rows[^2].Ratio(LargeToSmall):0.00} ×, p99 {rows[^1].Ratio(LargeToSmall):0.00} ×");
        }

        return new()
        {
            Name = "growth",
            Title = "The same calls on a small and on a large database",
            Candidates = ["small", "large"],
            Comparisons = [LargeToSmall],
            Rows = rows,
            Goals = [.. rows.Select(row => Goal.AtMost($"{row.Title}, large ÷ small", row.Ratio(LargeToSmall), row.Measure == P50 ? MedianGoal : TailGoal))],
            Notes = [$"Small: {Describe(small.Size)}; large: {Describe(large.Size)}.", $"One call at a time, {options.Rounds} rounds of {options.Calls} on each in turn."],
        };
    }

    /// <summary>Everything a few times, unmeasured: code is compiled in two tiers.</summary>
    private static async Task WarmUpAsync((GrowthOperation Small, GrowthOperation Large)[] pairs, int calls)
    {
        foreach (var (small, large) in pairs)
        {
            for (var call = 0; call < calls; call++)
            {
                await small.RunAsync(call);
                await large.RunAsync(call);
            }
        }
    }

    private static async Task<Row[]> CompareAsync(GrowthOperation small, GrowthOperation large, GrowthOptions options)
    {
        var (few, many) = (new Samples([], []), new Samples([], []));
        for (var round = 0; round < options.Rounds; round++)
        {
            // The order alternates, so that a drift of the machine favours neither.
            var smallFirst = round % 2 == 0;
            await SampleAsync(smallFirst ? small : large, smallFirst ? few : many, round, options);
            await SampleAsync(smallFirst ? large : small, smallFirst ? many : few, round, options);
        }

        return [new(small.Name, P50, "0.00", [few.Medians, many.Medians]), new(small.Name, P99, "0.00", [few.Tails, many.Tails], IsCharted: false)];
    }

    private static async Task SampleAsync(GrowthOperation operation, Samples samples, int round, GrowthOptions options)
    {
        var times = new double[options.Calls];
        for (var i = 0; i < options.Calls; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await operation.RunAsync(options.WarmUpCalls + (round * options.Calls) + i);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        samples.Medians.Add(Statistics.Median(times));
        samples.Tails.Add(Statistics.Percentile(times, 0.99));
    }

    private static string Describe(DataSetSize size) => $"{size.Users:#,0} users, {size.Chats:#,0} chats, {size.Messages:#,0} messages";
}
