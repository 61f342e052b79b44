using System.Diagnostics;
using ChatHub.Benchmarks.Reports;
using ChatHub.Contracts;

namespace ChatHub.Benchmarks.Growth;

/// <summary>From the start of the server's process to the first call that is answered, on a nearly empty database and on a large one.</summary>
public static class StartScenario
{
    private const double GoalSeconds = 0.8;

    public static Task<Report> RunAsync(string[] args) => GrowthOptions.RunAsync(args, MeasureAsync);

    private static async Task<Report> MeasureAsync(GrowthOptions options)
    {
        var all = new List<IReadOnlyList<double>>();
        foreach (var size in (DataSetSize[])[options.Small, options.Large])
        {
            await using var set = await DataSet.StartAsync(size, options.Folder, options.Server);
            var seconds = new List<double>();
            for (var round = 0; round < options.Rounds; round++)
                seconds.Add(await StartAsync(set));
            await Console.Error.WriteLineAsync($"{size.Name}: {Statistics.Spread(seconds, "0.00")} s");
            all.Add(seconds);
        }

        return new()
        {
            Name = "start",
            Title = "From the start of the process to the first answered call",
            Candidates = ["small", "large"],
            Comparisons = [new(1, 0)],
            Rows = [new("", "seconds", "0.00", all)],
            Goals = [.. all.Select((seconds, index) => Goal.AtMost($"seconds, {(index == 0 ? "small" : "large")} database", Statistics.Median(seconds), GoalSeconds))],
            Notes = [$"{options.Rounds} starts on each; small: {options.Small.Messages:#,0} messages, large: {options.Large.Messages:#,0}."],
        };
    }

    private static async Task<double> StartAsync(DataSet set)
    {
        await set.StopServerAsync();
        var start = Stopwatch.GetTimestamp();
        await set.StartServerAsync();
        await using var socket = await set.ConnectAsync(0);
        await socket.InvokeAsync(nameof(IChatHub.GetMe), new(), ContractJson.Default.EmptyInput, ContractJson.Default.Me);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
