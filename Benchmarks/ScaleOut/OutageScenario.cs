using System.Diagnostics;
using System.Globalization;
using ChatHub.Benchmarks.Send;

namespace ChatHub.Benchmarks.ScaleOut;

/// <summary>
/// Redis is killed and restarted, and paused, while pairs talk across two instances and others on one. All clients stay
/// connected; measured are the time from its return until every receiver has all that was acknowledged, and what the pairs
/// on one instance notice.
/// </summary>
public static class OutageScenario
{
    private const int LocalPairs = 20;
    private const int AtOnce = 128;
    private static readonly TimeSpan Phase = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LocalPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan CrossPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(string[] args)
    {
        var clients = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 500;
        var users = clients + (4 * LocalPairs);
        await using var crowd = await Crowd.StartAsync(SendOptions.Parse(args.Length > 0 ? args[1..] : args), users);
        var followers = Enumerable.Range(0, users).Select(_ => new Follower()).ToArray();
        var limit = new ParallelOptions { MaxDegreeOfParallelism = AtOnce };
        await Parallel.ForAsync(0, users, limit, async (index, token) => await followers[index].ConnectAsync(crowd, index, token));
        // Even users are on the first instance, odd ones on the second.
        var crossing = Pairs(clients / 2, i => (2 * i, (2 * i) + 1));
        var local = Pairs(LocalPairs, i => (clients + (4 * i), clients + (4 * i) + 2));
        await Parallel.ForEachAsync([.. crossing, .. local], limit, async (pair, _) => await pair.MeetAsync());
        await Console.Error.WriteLineAsync($"{clients} clients connected and acquainted");

        Console.WriteLine("| clients | Redis is | converged after its return | calls of Sync | same instance, p99 before, ms | during, ms | during ÷ before |");
        Console.WriteLine("|--:|---|--:|--:|--:|--:|--:|");
        await FailAsync("killed, restarted", crowd.Redis.KillAsync, crowd.Redis.RunAsync, warmUp: true);
        await FailAsync("killed, restarted", crowd.Redis.KillAsync, crowd.Redis.RunAsync, warmUp: false);
        await FailAsync("paused, resumed", () => crowd.Redis.SignalAsync("-STOP"), () => crowd.Redis.SignalAsync("-CONT"), warmUp: false);
        await Parallel.ForEachAsync(followers, async (follower, _) => await follower.DisposeAsync());
        return 0;

        Talkers[] Pairs(int count, Func<int, (int Sender, int Receiver)> of) =>
        [
            .. Enumerable.Range(0, count).Select(of)
                .Select(pair => new Talkers(followers[pair.Sender], followers[pair.Receiver], Crowd.UserId(pair.Receiver))),
        ];

        async Task FailAsync(string what, Func<Task> fail, Func<Task> mend, bool warmUp)
        {
            using var stop = new CancellationTokenSource();
            var talking = Task.WhenAll([.. local.Select(pair => TalkAsync([pair], LocalPause, stop.Token)), TalkAsync(crossing, CrossPause, stop.Token)]);
            await Task.Delay(Phase);
            var before = local.SelectMany(pair => pair.TakeLatencies()).ToArray();
            var syncs = followers.Sum(follower => follower.Syncs);
            await fail();
            await Task.Delay(Phase);
            var during = local.SelectMany(pair => pair.TakeLatencies()).ToArray();
            await stop.CancelAsync();
            await talking;
            await mend();
            var returned = Stopwatch.GetTimestamp();
            while (!crossing.Concat(local).All(pair => pair.HasConverged))
            {
                if (Stopwatch.GetElapsedTime(returned) > Longest)
                    throw new BenchmarkException($"{crossing.Count(pair => !pair.HasConverged)} receivers are still behind");
                await Task.Delay(20);
            }

            var converged = Stopwatch.GetElapsedTime(returned);
            syncs = followers.Sum(follower => follower.Syncs) - syncs;
            var (p99, p99During) = (Statistics.Percentile(before, 0.99), Statistics.Percentile(during, 0.99));
            if (!warmUp)
                Console.WriteLine($"| {clients:#,0} | {what} | {converged.TotalSeconds:0.0} s | {syncs:#,0} | {p99:0.0} | {p99During:0.0} | {p99During / p99:0.00} |");
        }
    }

    /// <summary>One after the other, round and round.</summary>
    private static async Task TalkAsync(Talkers[] pairs, TimeSpan pause, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i = (i + 1) % pairs.Length)
        {
            await pairs[i].SayAsync();
            await Task.Delay(pause, CancellationToken.None);
        }
    }
}
