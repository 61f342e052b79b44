using System.Diagnostics;

namespace ChatHub.Benchmarks.Growth;

/// <summary>The same calls, one after the other, on a nearly empty database and on a large one: what does the size cost?</summary>
public static class GrowthScenario
{
    private const double MedianGoal = 1.3;
    private const double TailGoal = 2.0;

    private sealed record Samples(List<double> Medians, List<double> Tails);

    public static Task<int> RunAsync(string[] args) => GrowthOptions.RunAsync(args, MeasureAsync);

    private static async Task MeasureAsync(GrowthOptions options)
    {
        await using var small = await DataSet.StartAsync(options.Small, options.Folder, options.Server);
        await using var large = await DataSet.StartAsync(options.Large, options.Folder, options.Server);
        await using var onSmall = await GrowthClient.ConnectAsync(small);
        await using var onLarge = await GrowthClient.ConnectAsync(large);
        var pairs = onSmall.Operations.Zip(onLarge.Operations).ToArray();
        await WarmUpAsync(pairs, options.WarmUpCalls);
        Console.WriteLine($"| call | {Describe(small.Size)}: p50, ms | {Describe(large.Size)}: p50, ms | p50 ratio | p99 ratio | |");
        Console.WriteLine("|---|--:|--:|--:|--:|---|");
        foreach (var (one, other) in pairs)
            Console.WriteLine(await CompareAsync(one, other, options));
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

    private static async Task<string> CompareAsync(GrowthOperation small, GrowthOperation large, GrowthOptions options)
    {
        var (few, many) = (new Samples([], []), new Samples([], []));
        for (var round = 0; round < options.Rounds; round++)
        {
            // The order alternates, so that a drift of the machine favours neither.
            var smallFirst = round % 2 == 0;
            await SampleAsync(smallFirst ? small : large, smallFirst ? few : many, round, options);
            await SampleAsync(smallFirst ? large : small, smallFirst ? many : few, round, options);
        }

        double[] medians = [.. many.Medians.Zip(few.Medians, (a, b) => a / b)];
        double[] tails = [.. many.Tails.Zip(few.Tails, (a, b) => a / b)];
        var met = Statistics.Median(medians) <= MedianGoal && Statistics.Median(tails) <= TailGoal;
        return $"| {small.Name} | {Statistics.Median(few.Medians):0.00} | {Statistics.Median(many.Medians):0.00} "
            + $"| **{Statistics.Spread(medians, "0.00")}** | {Statistics.Spread(tails, "0.00")} | {(met ? "met" : "**missed**")} |";
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
