using System.Diagnostics;
using ChatHub.Benchmarks.Send;

namespace ChatHub.Benchmarks.ScaleOut;

/// <summary>Many users connect at once, to one instance without Redis and to two with it.</summary>
public static class ConnectScenario
{
    private const int Users = 2_000;
    private const int AtOnce = 256;
    private const double MinRatio = 0.7;

    /// <param name="Connected">Seconds until all were connected.</param>
    /// <param name="Subscribed">Seconds until each had the position that says that its subscription is established.</param>
    /// <param name="Cpu">Microseconds of all servers for each user.</param>
    /// <param name="Commands">Of Redis, by its own account.</param>
    private sealed record Run(double Connected, double Subscribed, double Cpu, IReadOnlyDictionary<string, long> Commands);

    public static async Task<int> RunAsync(string[] args)
    {
        var options = SendOptions.Parse(args);
        var (one, two) = (new List<Run>(), new List<Run>());
        for (var round = 0; round < options.Rounds; round++)
        {
            one.Add(await ConnectAsync(options, instances: 1));
            two.Add(await ConnectAsync(options, instances: 2));
        }

        Console.WriteLine($"| {Users:#,0} users | one instance | two instances | two ÷ one |");
        Console.WriteLine("|---|--:|--:|--:|");
        Print("connects/s", run => Users / run.Connected);
        Print("subscribed/s", run => Users / run.Subscribed);
        Print("server CPU per user, µs", run => run.Cpu);
        var ratios = one.Zip(two, (a, b) => a.Connected / b.Connected).ToArray();
        Console.WriteLine($"at least {MinRatio}: {(Statistics.Median(ratios) >= MinRatio ? "met" : "**missed**")}");
        Console.WriteLine($"Redis, for each user: {string.Join(", ", two[^1].Commands.Select(command => $"{(double)command.Value / Users:0.00} {command.Key}"))}");
        return 0;

        void Print(string name, Func<Run, double> of)
        {
            double[] alone = [.. one.Select(of)];
            double[] together = [.. two.Select(of)];
            double[] ratios = [.. together.Zip(alone, (a, b) => a / b)];
            Console.WriteLine($"| {name} | {Statistics.Spread(alone, "#,0")} | {Statistics.Spread(together, "#,0")} | {Statistics.Spread(ratios, "0.00")} |");
        }
    }

    private static async Task<Run> ConnectAsync(SendOptions options, int instances)
    {
        await using var crowd = await Crowd.StartAsync(options, Users, instances);
        var before = await CommandsAsync(crowd);
        var subscribed = new int[Users];
        var count = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sockets = new HubSocket[Users];
        var cpu = CpuTime(crowd);
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, Users, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (index, cancellation) =>
            sockets[index] = await crowd.ConnectAsync(index, OnRecord(index), cancellation));
        var connected = Stopwatch.GetElapsedTime(start);
        await all.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var elapsed = Stopwatch.GetElapsedTime(start);
        cpu = CpuTime(crowd) - cpu;
        var commands = (await CommandsAsync(crowd)).ToDictionary(entry => entry.Key, entry => entry.Value - before[entry.Key]);
        await Parallel.ForEachAsync(sockets, async (socket, _) => await socket.DisposeAsync());
        return new(connected.TotalSeconds, elapsed.TotalSeconds, cpu.TotalMicroseconds / Users, commands);

        HubSocket.RecordListener OnRecord(int index) => record =>
        {
            if (record.Target.SequenceEqual("Position"u8) && Interlocked.Exchange(ref subscribed[index], 1) == 0
                && Interlocked.Increment(ref count) == Users)
            {
                all.TrySetResult();
            }

            return ValueTask.CompletedTask;
        };
    }

    private static TimeSpan CpuTime(Crowd crowd) => TimeSpan.FromTicks(crowd.Servers.Sum(server => server.CpuTime.Ticks));

    private static async Task<Dictionary<string, long>> CommandsAsync(Crowd crowd)
    {
        var commands = new Dictionary<string, long>();
        foreach (var name in (string[])["subscribe", "hset", "hget", "publish"])
            commands[name] = await crowd.Redis.CallsAsync(name);
        return commands;
    }
}
