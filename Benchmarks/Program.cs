using ChatHub.Benchmarks;
using ChatHub.Benchmarks.Control;
using ChatHub.Benchmarks.Send;

var verbs = new SortedDictionary<string, (Func<string[], Task<int>> Run, string Help)>(StringComparer.Ordinal)
{
    ["control"] = (ControlServer.RunAsync, "the control server alone, as `send` starts it"),
    ["fuzz"] = (FuzzRun.RunAsync, "mutated frames through the MessagePack reader"),
    ["protocol"] = (ProtocolBenchmark.RunAsync, "both hub protocols side by side: bytes, time, allocations"),
    ["send"] = (SendScenario.RunAsync, $"messages between pairs of users, ChatHub against the control {SendOptions.Usage}"),
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
