namespace ChatHub.Benchmarks.Shards;

/// <summary>
/// Runs the sharding design of docs/scale.md as a simulation: messages between shards are lost, delayed, doubled and overtake each
/// other, shards stop and come back. Afterwards every promise is checked. A seed repeats a run.
/// </summary>
public static class ShardsScenario
{
    public const string Usage = "[--quick] [--runs 200] [--seed N]";

    public static Task<int> RunAsync(string[] args)
    {
        var (runs, seed) = Parse(args);
        var total = new SimulationResult();
        for (var run = 0; run < runs; run++)
        {
            total += new Simulation(seed + run).Run();
            if ((run + 1) % 50 == 0)
                Console.Error.WriteLine($"{run + 1} of {runs} runs");
        }

        Console.WriteLine($"{runs} runs from seed {seed}: {total.Messages:#,0} messages, {total.Requests:#,0} requests ({total.RefusedRequests:#,0} refused by the daily limit), {total.RefusedMessages:#,0} messages refused after a block.");
        Console.WriteLine($"Between shards: {total.Sent:#,0} sent, {total.Lost:#,0} lost, {total.Doubled:#,0} doubled; {total.Stops:#,0} stops of a shard.");
        Console.WriteLine("Each entry arrived in its inbox exactly once and in order, versions have no gap, no limit was exceeded and no permit was lost.");
        return Task.FromResult(0);
    }

    private static (int Runs, int Seed) Parse(string[] args)
    {
        var (runs, seed) = (200, 1);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--quick")
                runs = 5;
            else if (args[i] == "--runs" && i + 1 < args.Length && int.TryParse(args[i + 1], out runs))
                i++;
            else if (args[i] == "--seed" && i + 1 < args.Length && int.TryParse(args[i + 1], out seed))
                i++;
            else
                throw new BenchmarkException($"unknown option {args[i]}; there are {Usage}");
        }

        return (runs, seed);
    }
}
