using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using ChatHub.Benchmarks.Reports;
using ChatHub.Benchmarks.Send;
using ChatHub.Benchmarks.Users;

namespace ChatHub.Benchmarks.ScaleOut;

/// <summary>
/// Redis is killed and restarted, and paused, while pairs talk across two instances and others on one. All clients stay
/// connected; measured are the time from its return until every receiver has all that was acknowledged, and what the pairs
/// on one instance notice. Each outage begins from rest.
/// </summary>
public sealed class OutageScenario : IAsyncDisposable
{
    private const int ManyClients = 500;
    private const int QuickClients = 20;
    private const int LocalPairs = 20;
    private const int AtOnce = 128;
    private static readonly TimeSpan QuickPhase = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LocalPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan CrossPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    // More than the driver allocates before and during one outage.
    private const long GarbageBytes = 200_000_000;

    private readonly Crowd _crowd;
    private readonly int _clients;
    private readonly TimeSpan _phase;
    private readonly Follower[] _followers;
    private readonly ChatPair[] _crossing;
    private readonly ChatPair[] _local;

    private OutageScenario(Crowd crowd, int clients, TimeSpan phase)
    {
        (_crowd, _clients, _phase) = (crowd, clients, phase);
        _followers = [.. Enumerable.Range(0, Users(clients)).Select(_ => new Follower())];
        // Even users are on the first instance, odd ones on the second.
        _crossing = [.. Enumerable.Range(0, clients / 2).Select(i => Pair(2 * i, (2 * i) + 1))];
        _local = [.. Enumerable.Range(0, LocalPairs).Select(i => Pair(clients + (4 * i), clients + (4 * i) + 2))];
    }

    public static async Task<Report> RunAsync(string[] args)
    {
        var isNumber = args.Length > 0 && !args[0].StartsWith('-');
        var options = SendOptions.Parse(["--rounds", "3", "--seconds", "5", .. isNumber ? args[1..] : args]);
        var clients = isNumber ? int.Parse(args[0], CultureInfo.InvariantCulture) : options.IsQuick ? QuickClients : ManyClients;
        await using var crowd = await Crowd.StartAsync(options, Users(clients), instances: 2);
        await using var scenario = new OutageScenario(crowd, clients, options.IsQuick ? QuickPhase : options.Sending);
        await scenario.ConnectAsync();
        return await scenario.MeasureAsync(options.Rounds);
    }

    public async ValueTask DisposeAsync() => await Parallel.ForEachAsync(_followers, async (follower, _) => await follower.DisposeAsync());

    private static int Users(int clients) => clients + (4 * LocalPairs);

    private ChatPair Pair(int sender, int receiver) => new(_followers[sender], _followers[receiver], UserDirectory.UserId(receiver));

    private async Task ConnectAsync()
    {
        var limit = new ParallelOptions { MaxDegreeOfParallelism = AtOnce };
        await Parallel.ForAsync(0, _followers.Length, limit, async (index, token) => await _followers[index].ConnectAsync(_crowd, index, token));
        await Parallel.ForEachAsync([.. _crossing, .. _local], limit, async (pair, _) => await pair.MeetAsync());
        await Console.Error.WriteLineAsync($"{_clients} clients connected and acquainted");
    }

    private async Task<Report> MeasureAsync(int rounds)
    {
        var report = new OutageReport(_clients);
        // The first is not counted: code that runs for the first time is slow.
        for (var round = 0; round <= rounds; round++)
        {
            Outage[] outages =
            [
                await FailAsync("killed, restarted", _crowd.Redis.KillAsync, _crowd.Redis.RunAsync),
                await FailAsync("paused, resumed", () => _crowd.Redis.SignalAsync("-STOP"), () => _crowd.Redis.SignalAsync("-CONT")),
            ];
            foreach (var outage in outages)
            {
                await Console.Error.WriteLineAsync($"round {round}, {outage.What}: converged in {outage.Converged:0.0} s, p99 {outage.Ratio:0.00} ×");
                if (round > 0)
                    report.Add(outage);
            }
        }

        return report.ToReport();
    }

    private async Task<Outage> FailAsync(string what, Func<Task> fail, Func<Task> repair)
    {
        await RestAsync();
        // The driver's own collections would hold up all its clients, and look like the server's.
        var isHeld = GC.TryStartNoGCRegion(GarbageBytes);
        using var stop = new CancellationTokenSource();
        var talking = Task.WhenAll([.. _local.Select(pair => TalkAsync([pair], LocalPause, stop.Token)), TalkAsync(_crossing, CrossPause, stop.Token)]);
        await Task.Delay(_phase);
        var before = TakeLatencies();
        var syncs = Syncs;
        await fail();
        await Task.Delay(_phase);
        var during = TakeLatencies();
        await stop.CancelAsync();
        await talking;
        if (isHeld)
            EndNoGCRegion();
        await repair();
        var converged = await ConvergeAsync();
        return new(what, converged.TotalSeconds, Syncs - syncs, before, during);
    }

    private int Syncs => _followers.Sum(follower => follower.Syncs);

    private double[] TakeLatencies() => [.. _local.SelectMany(pair => pair.TakeLatencies())];

    private static void EndNoGCRegion()
    {
        if (GCSettings.LatencyMode != GCLatencyMode.NoGCRegion)
            throw new BenchmarkException($"the driver has collected its garbage: more than {GarbageBytes:#,0} bytes");
        GC.EndNoGCRegion();
    }

    /// <summary>
    /// Waits until no client has called Sync for longer than it takes to send all clients their position, which goes on for
    /// a while after all have converged.
    /// </summary>
    private async Task RestAsync()
    {
        var enough = TimeSpan.FromSeconds(2 + (_clients / 1000.0));
        for (var (quiet, syncs) = (Stopwatch.StartNew(), Syncs); quiet.Elapsed < enough; await Task.Delay(100))
        {
            if (Syncs == syncs)
                continue;
            syncs = Syncs;
            quiet.Restart();
        }
    }

    private async Task<TimeSpan> ConvergeAsync()
    {
        var returned = Stopwatch.GetTimestamp();
        while (!_crossing.Concat(_local).All(pair => pair.HasConverged))
        {
            if (Stopwatch.GetElapsedTime(returned) > Longest)
                throw new BenchmarkException($"{_crossing.Count(pair => !pair.HasConverged)} receivers are still behind");
            await Task.Delay(20);
        }

        return Stopwatch.GetElapsedTime(returned);
    }

    /// <summary>One after the other, round and round.</summary>
    private static async Task TalkAsync(ChatPair[] pairs, TimeSpan pause, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i = (i + 1) % pairs.Length)
        {
            await pairs[i].SayAsync();
            await Task.Delay(pause, CancellationToken.None);
        }
    }
}
