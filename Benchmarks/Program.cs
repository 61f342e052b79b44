using ChatHub.Benchmarks;
using ChatHub.Benchmarks.Control;
using ChatHub.Benchmarks.Growth;
using ChatHub.Benchmarks.Protocol;
using ChatHub.Benchmarks.ScaleOut;
using ChatHub.Benchmarks.Send;
using ChatHub.Benchmarks.Shards;

var verbs = new SortedDictionary<string, (Func<string[], Task<int>> Run, string Help)>(StringComparer.Ordinal)
{
    ["connect"] = (ConnectScenario.RunAsync, "2,000 users connect at once, to one instance and to two with Redis: how fast, and what Redis has to do [--rounds 8]"),
    ["control"] = (ControlServer.RunAsync, "the control server alone, as `send` starts it"),
    ["crossing"] = (CrossingScenario.RunAsync, $"one instance against two with Redis, the load of `send` [--one-writer] {SendOptions.Usage}"),
    ["fuzz"] = (FuzzRun.RunAsync, "mutated frames through the MessagePack reader"),
    ["folder"] = (FolderScenario.RunAsync, $"a Requests folder of 10,000 is emptied, 1,000 requests a call {GrowthOptions.Usage}"),
    ["growth"] = (GrowthScenario.RunAsync, $"the same calls on a nearly empty database and on one with millions of messages {GrowthOptions.Usage}"),
    ["outage"] = (OutageScenario.RunAsync, "Redis is killed and paused under many clients: when they have converged, and what the others notice [clients] [--rounds 3] [--seconds 5]"),
    ["protocol"] = (ProtocolBenchmark.RunAsync, "both hub protocols side by side: bytes, time, allocations"),
    ["send"] = (SendScenario.RunAsync, $"messages between pairs of users, ChatHub against the control {SendOptions.Usage}"),
    ["shards"] = (ShardsScenario.RunAsync, $"the sharding design of docs/scale.md, simulated with faults {ShardsScenario.Usage}"),
    ["start"] = (StartScenario.RunAsync, $"from the start of the process to the first answered call {GrowthOptions.Usage}"),
};

if (args.Length > 0 && verbs.TryGetValue(args[0], out var verb))
{
    try
    {
        return await verb.Run(args[1..]);
    }
    catch (BenchmarkException failure)
    {
        await Console.Error.WriteLineAsync($"FAILED: {failure.Message}");
        return 1;
    }
}

Console.Error.WriteLine("usage: Benchmarks <verb> [options]");
foreach (var (name, (_, help)) in verbs)
    Console.Error.WriteLine($"  {name,-10}{help}");
return 2;
