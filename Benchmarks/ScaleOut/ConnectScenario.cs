using System.Diagnostics;
using ChatHub.Benchmarks.Send;

namespace ChatHub.Benchmarks.ScaleOut;

/// <summary>Many users connect at once to two instances: what it costs Redis, by its own account.</summary>
public static class ConnectScenario
{
    private const int Users = 10_000;
    private const int AtOnce = 256;

    public static async Task<int> RunAsync(string[] args)
    {
        await using var crowd = await Crowd.StartAsync(SendOptions.Parse(args), Users);
        var (publishes, subscribes) = (await crowd.Redis.CallsAsync("publish"), await crowd.Redis.CallsAsync("subscribe"));
        var start = Stopwatch.GetTimestamp();
        var reached = new int[Users];
        var count = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sockets = new HubSocket[Users];
        await Parallel.ForAsync(0, Users, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (index, cancellation) =>
            sockets[index] = await crowd.ConnectAsync(index, OnRecord(index), cancellation));
        var connected = Stopwatch.GetElapsedTime(start);
        await all.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var elapsed = Stopwatch.GetElapsedTime(start);

        publishes = await crowd.Redis.CallsAsync("publish") - publishes;
        subscribes = await crowd.Redis.CallsAsync("subscribe") - subscribes;
        Console.WriteLine($"| users | connected after | all told that they are reached after | PUBLISH | SUBSCRIBE | PUBLISH per user |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|");
        Console.WriteLine($"| {Users:#,0} | {connected.TotalSeconds:0.0} s | {elapsed.TotalSeconds:0.0} s | {publishes:#,0} | {subscribes} | {(double)publishes / Users:0.000} |");
        await Parallel.ForEachAsync(sockets, async (socket, _) => await socket.DisposeAsync());
        return 0;

        HubSocket.RecordListener OnRecord(int index) => record =>
        {
            if (record.Target.SequenceEqual("Position"u8) && Interlocked.Exchange(ref reached[index], 1) == 0
                && Interlocked.Increment(ref count) == Users)
            {
                all.TrySetResult();
            }

            return ValueTask.CompletedTask;
        };
    }
}
