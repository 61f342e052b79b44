using System.Diagnostics;
using ChatHub.Contracts;

namespace ChatHub.Benchmarks.Growth;

/// <summary>From the start of the server's process to the first call that is answered, on a nearly empty database and on a large one.</summary>
public static class StartScenario
{
    private const double GoalSeconds = 0.8;

    public static Task<int> RunAsync(string[] args) => GrowthOptions.RunAsync(args, MeasureAsync);

    private static async Task MeasureAsync(GrowthOptions options)
    {
        Console.WriteLine("| database | seconds | at most 0.8 |");
        Console.WriteLine("|---|--:|---|");
        foreach (var size in (DataSetSize[])[options.Small, options.Large])
        {
            await using var set = await DataSet.StartAsync(size, options.Folder, options.Server);
            var seconds = new List<double>();
            for (var round = 0; round < options.Rounds; round++)
                seconds.Add(await StartAsync(set));
            var met = Statistics.Median(seconds) <= GoalSeconds ? "met" : "**missed**";
            Console.WriteLine($"| {size.Users:#,0} users, {size.Messages:#,0} messages | {Statistics.Spread(seconds, "0.00")} | {met} |");
        }
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
