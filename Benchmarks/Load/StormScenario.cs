using System.Diagnostics;
using ChatHub.Benchmarks.Reports;
using ChatHub.Benchmarks.ScaleOut;
using ChatHub.Benchmarks.Send;

namespace ChatHub.Benchmarks.Load;

/// <summary>Thousands of users with missed messages lose their server, killed while they write, and come back to a restarted one.</summary>
public static class StormScenario
{
    private const int ManyUsers = 5_000;
    private const int AtOnce = 256;
    private const int Missed = 3;
    private const double LeastSyncs = 800;
    private const double MostMemory = 2;
    private const double MiB = 1024 * 1024;
    private static readonly TimeSpan Writing = TimeSpan.FromSeconds(1);
    private static readonly ParallelOptions Limit = new() { MaxDegreeOfParallelism = AtOnce };

    /// <param name="Start">Seconds from the kill until the restarted server listened.</param>
    /// <param name="Back">Seconds from then until the last user was connected and in sync.</param>
    /// <param name="Before">MiB of the server before it was killed.</param>
    /// <param name="Peak">MiB of the restarted one, at most.</param>
    /// <param name="Messages">That had been missed, and were read.</param>
    private sealed record Storm(double Start, double Back, double Before, double Peak, int Messages);

    public static async Task<Report> RunAsync(string[] args)
    {
        var options = SendOptions.Parse(["--users", $"{ManyUsers}", "--rounds", "3", .. args]);
        var count = options.Silent / 2 * 2;
        OpenFiles.Require(count);
        await using var crowd = await Crowd.StartAsync(options, count, instances: 1);
        StormUser[] users = [.. Enumerable.Range(0, count).Select(index => new StormUser(index))];
        await ForAllAsync(users, (user, cancellation) => user.ConnectAsync(crowd, cancellation));
        await Parallel.ForAsync(0, count / 2, Limit, async (pair, _) => await users[2 * pair].MeetAsync(users[(2 * pair) + 1], (2 * pair) + 1));
        await Console.Error.WriteLineAsync($"{count:#,0} users connected and acquainted");
        var storms = new List<Storm>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            storms.Add(await RaiseAsync(crowd, users, options));
            await Console.Error.WriteLineAsync($"round {round}: {count / storms[^1].Back:0} syncs/s, {storms[^1].Before:0} MiB before and {storms[^1].Peak:0} at most, {storms[^1].Messages:#,0} messages caught up");
        }

        await ForAllAsync(users, async (user, _) => await user.DisposeAsync());
        return ToReport(storms, count);
    }

    private static async Task<Storm> RaiseAsync(Crowd crowd, StormUser[] users, SendOptions options)
    {
        await ForAllAsync(users, (user, _) => user.NotePositionAsync());
        await ForAllAsync(users, (user, _) => user.SendAsync(Missed));
        var writing = Task.WhenAll(users.Where((_, index) => index % 2 == 0).Select(user => user.SendUntilLostAsync()));
        await Task.Delay(Writing);
        var before = crowd.Servers[0].Memory;
        var start = Stopwatch.GetTimestamp();
        await crowd.RestartAsync(options);
        var started = Stopwatch.GetElapsedTime(start);
        await writing;
        await ForAllAsync(users, (user, _) => user.LeaveAsync());
        start = Stopwatch.GetTimestamp();
        await ForAllAsync(users, async (user, cancellation) =>
        {
            await user.ConnectAsync(crowd, cancellation);
            await user.CatchUpAsync();
        });
        var back = Stopwatch.GetElapsedTime(start);
        var peak = crowd.Servers[0].PeakMemory;
        var messages = 0;
        await Parallel.ForAsync(0, users.Length, Limit, async (index, _) => Interlocked.Add(ref messages, await users[index].CheckAsync(users[index ^ 1])));
        return new(started.TotalSeconds, back.TotalSeconds, before / MiB, peak / MiB, messages);
    }

    private static Task ForAllAsync(StormUser[] users, Func<StormUser, CancellationToken, Task> body) =>
        Parallel.ForEachAsync(users, Limit, async (user, cancellation) => await body(user, cancellation));

    private static Report ToReport(List<Storm> storms, int users)
    {
        Row[] rows =
        [
            Row("syncs/s", "#,0", storm => users / storm.Back),
            Row("seconds until all were in sync", "0.0", storm => storm.Back),
            Row("seconds from the kill to the restarted server", "0.0", storm => storm.Start),
            Row("memory before, MiB", "0", storm => storm.Before),
            Row("peak memory after, MiB", "0", storm => storm.Peak),
        ];
        return new()
        {
            Name = "storm",
            Title = $"{users:#,0} users come back to a restarted server",
            Candidates = [Candidates.ChatHubName],
            Rows = rows,
            Goals =
            [
                Goal.AtLeast("syncs/s, connecting included", rows[0].Median(0), LeastSyncs),
                Goal.AtMost("peak memory ÷ before", Statistics.Median([.. storms.Select(storm => storm.Peak / storm.Before)]), MostMemory),
            ],
            Notes =
            [
                $"{storms.Count} rounds; {AtOnce} users at a time connect and call Sync. The server was killed while half of them wrote.",
                $"All came in sync, and all messages that had been acknowledged were read: {storms.Sum(storm => storm.Messages):#,0} that had been missed.",
            ],
        };

        Row Row(string measure, string format, Func<Storm, double> of) => new("", measure, format, [[.. storms.Select(of)]]);
    }
}
