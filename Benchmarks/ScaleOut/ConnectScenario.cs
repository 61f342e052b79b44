using System.Diagnostics;
using ChatHub.Benchmarks.Reports;
using ChatHub.Benchmarks.Send;
using ChatHub.Benchmarks.Wires;

namespace ChatHub.Benchmarks.ScaleOut;

/// <summary>Many users connect at once: to the control, to one instance without Redis and to two with it.</summary>
public static class ConnectScenario
{
    private const int ManyUsers = 2_000;
    private const int AtOnce = 256;
    private const string Rate = "connects/s";
    private const string Cpu = "server CPU per user, µs";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly string[] RedisCommands = ["subscribe", "hset", "hget", "publish"];

    /// <param name="Connected">Seconds until all were connected.</param>
    /// <param name="Subscribed">Seconds until each had the position that says that its subscription is established; the control has none.</param>
    /// <param name="Cpu">Microseconds of all servers for each user.</param>
    private sealed record Wave(double Connected, double? Subscribed, double Cpu);

    public static async Task<Report> RunAsync(string[] args)
    {
        var options = SendOptions.Parse(["--users", $"{ManyUsers}", .. args]);
        var users = options.Silent;
        OpenFiles.Require(users);
        await using var control = await Crowd.StartControlAsync(options);
        await using var one = await Crowd.StartAsync(options, users, instances: 1);
        await using var two = await Crowd.StartAsync(options, users, instances: 2);
        Crowd[] crowds = [control, one, two];
        var waves = new List<Wave[]>();
        // The first round is not counted: code that runs for the first time is slow.
        for (var round = 0; round <= options.Rounds; round++)
        {
            if (round == 1)
                await two.Redis.ResetCallsAsync();
            var measured = await ConnectAsync(crowds, users, round);
            if (round > 0)
                waves.Add(measured);
        }

        return await ReportAsync(crowds, waves, users, two.Redis);
    }

    private static async Task<Wave[]> ConnectAsync(Crowd[] crowds, int users, int round)
    {
        var measured = new Wave[crowds.Length];
        var order = Enumerable.Range(0, crowds.Length);
        foreach (var index in round % 2 == 0 ? order : order.Reverse())
        {
            measured[index] = await ConnectAsync(crowds[index], users);
            await crowds[index].SettleAsync();
        }

        await Console.Error.WriteLineAsync($"round {round}: " + string.Join("; ", crowds.Zip(measured, (crowd, wave) => $"{crowd.Name} {users / wave.Connected:0}/s, {wave.Cpu:0} µs")));
        return measured;
    }

    private static async Task<Wave> ConnectAsync(Crowd crowd, int users)
    {
        var subscribed = new int[users];
        var count = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sockets = new HubSocket[users];
        var cpu = crowd.CpuTime;
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, users, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (index, cancellation) =>
            sockets[index] = await crowd.ConnectAsync(index, OnRecord(index), cancellation));
        var connected = Stopwatch.GetElapsedTime(start);
        if (!crowd.IsControl)
            await all.Task.WaitAsync(Longest);
        var elapsed = Stopwatch.GetElapsedTime(start);
        cpu = crowd.CpuTime - cpu;
        await Parallel.ForEachAsync(sockets, async (socket, _) => await socket.DisposeAsync());
        return new(connected.TotalSeconds, crowd.IsControl ? null : elapsed.TotalSeconds, cpu.TotalMicroseconds / users);

        HubSocket.RecordListener OnRecord(int index) => record =>
        {
            if (record.Target.SequenceEqual("Position"u8) && Interlocked.Exchange(ref subscribed[index], 1) == 0
                && Interlocked.Increment(ref count) == users)
            {
                all.TrySetResult();
            }

            return ValueTask.CompletedTask;
        };
    }

    private static async Task<Report> ReportAsync(Crowd[] crowds, List<Wave[]> waves, int users, RedisProcess redis)
    {
        var (beside, together) = (new Comparison(1, 0), new Comparison(2, 1));
        Row[] rows =
        [
            Row(Rate, wave => users / wave.Connected),
            Row("subscribed/s", wave => users / wave.Subscribed),
            Row(Cpu, wave => wave.Cpu),
        ];
        var commands = new List<string>();
        foreach (var name in RedisCommands)
            commands.Add($"{(double)await redis.CallsAsync(name) / users / waves.Count:0.00} {name}");
        return new()
        {
            Name = "connect",
            Title = $"{users:#,0} users connect at once",
            Candidates = [.. crowds.Select(crowd => crowd.Name)],
            Comparisons = [beside, together],
            Rows = rows,
            Goals =
            [
                Goal.AtLeast("connects/s, one instance ÷ control", rows[0].Ratio(beside), 0.85),
                Goal.AtMost("CPU, one instance ÷ control", rows[2].Ratio(beside), 1.3),
                Goal.AtLeast("connects/s, two instances ÷ one", rows[0].Ratio(together), 0.7),
            ],
            Notes =
            [
                $"{waves.Count} rounds, {AtOnce} handshakes at a time; ChatHub's rounds end when each user has its Position.",
                $"Redis carried out for each user {string.Join(", ", commands)}, comings and goings together.",
            ],
        };

        Row Row(string measure, Func<Wave, double?> of) => new(
            "", measure, "#,0", [.. crowds.Select((_, crowd) => (double[])[.. waves.Select(wave => of(wave[crowd])).OfType<double>()])]);
    }
}
