using System.Diagnostics;
using ChatHub.Benchmarks.Reports;
using ChatHub.Contracts;

namespace ChatHub.Benchmarks.Growth;

/// <summary>A Requests folder of 10,000 is emptied, 1,000 requests a call, which is the most that one call removes.</summary>
public static class FolderScenario
{
    private const int RemovedByOneCall = 1_000;
    private const double GoalMs = 50;

    public static Task<Report> RunAsync(string[] args) => GrowthOptions.RunAsync(args, MeasureAsync);

    private static async Task<Report> MeasureAsync(GrowthOptions options)
    {
        await using var set = await DataSet.StartAsync(options.FullFolder, options.Folder, options.Server);
        await using var socket = await set.ConnectAsync(0);
        var newest = await socket.InvokeAsync(
            nameof(IChatHub.ListRequests), new() { Direction = RequestDirection.Incoming, Limit = 1 },
            ContractJson.Default.ListRequestsInput, ContractJson.Default.PageRequest);
        var everything = new DeleteRequestsInput { Folder = RequestFolder.Main, UpToRequestId = newest.Items[0].RequestId };
        var times = new List<double>();
        for (var left = set.Size.WaitingRequests; left > 0; left -= RemovedByOneCall)
        {
            var start = Stopwatch.GetTimestamp();
            var removed = await socket.InvokeAsync(
                nameof(IChatHub.DeleteRequests), everything, ContractJson.Default.DeleteRequestsInput, ContractJson.Default.RequestsRemoved);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (removed.RequestIds.Count != RemovedByOneCall || removed.Badges.PendingRequests != left - RemovedByOneCall)
                throw new BenchmarkException($"a call removed {removed.RequestIds.Count} requests and left {removed.Badges.PendingRequests}");
        }

        return new()
        {
            Name = "folder",
            Title = $"A Requests folder of {set.Size.WaitingRequests:#,0} is emptied",
            Candidates = ["ChatHub"],
            Rows = [new("", $"removing {RemovedByOneCall:#,0}, ms", "0.0", [times])],
            Goals = [Goal.AtMost($"ms for removing {RemovedByOneCall:#,0} requests", Statistics.Median(times), GoalMs)],
            Notes = ["From the call to its answer; each answer is checked for the requests it names and for the badge."],
        };
    }
}
