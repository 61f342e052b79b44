using System.Globalization;
using ChatHub.Benchmarks;
using ChatHub.Benchmarks.All;
using ChatHub.Benchmarks.Control;
using ChatHub.Benchmarks.Growth;
using ChatHub.Benchmarks.Load;
using ChatHub.Benchmarks.Peers;
using ChatHub.Benchmarks.Protocol;
using ChatHub.Benchmarks.ScaleOut;
using ChatHub.Benchmarks.Send;
using ChatHub.Benchmarks.Shards;
using ChatHub.Benchmarks.Users;

// Tables are pasted into documents: the same digits on every machine.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var verbs = new SortedDictionary<string, Verb>(StringComparer.Ordinal)
{
    ["all"] = new($"every scenario in turn, and one table of all goals {AllScenarios.Usage}", AllScenarios.RunAsync),
    ["connect"] = Verb.Scenario("2,000 users connect at once, to the control, to one instance and to two with Redis [--quick] [--users 2000] [--rounds 8]", ConnectScenario.RunAsync),
    ["control"] = new("the control server alone, as `send` starts it", ControlServer.RunAsync),
    ["crossing"] = Verb.Scenario($"one instance against two with Redis, the load of `send` [--one-writer] {SendOptions.Usage}", CrossingScenario.RunAsync),
    ["crowd"] = Verb.Scenario($"the load of `send` while 10,000 others are connected and silent [--users 10000] {SendOptions.Usage}", CrowdScenario.RunAsync),
    ["fuzz"] = new("mutated frames through the MessagePack reader", FuzzRun.RunAsync),
    ["folder"] = Verb.Scenario($"a Requests folder of 10,000 is emptied, 1,000 requests a call {GrowthOptions.Usage}", FolderScenario.RunAsync),
    ["growth"] = Verb.Scenario($"the same calls on a nearly empty database and on one with millions of messages {GrowthOptions.Usage}", GrowthScenario.RunAsync),
    ["idle"] = Verb.Scenario("10,000 users connected and silent: memory beside the control's [--quick] [--users 10000] [--rounds 3]", IdleScenario.RunAsync),
    ["outage"] = Verb.Scenario("Redis is killed and paused under many clients: when they have converged, and what the others notice [clients: 500] [--quick] [--rounds 3] [--seconds 5]", OutageScenario.RunAsync),
    ["peers"] = Verb.Scenario($"the load of `send` on Socket.IO with better-sqlite3 and on ChatHub; first: npm ci --prefix Benchmarks/Peers {SendOptions.Usage}", PeersScenario.RunAsync),
    ["protocol"] = Verb.Scenario("both hub protocols side by side: bytes, time, allocations [--quick]", ProtocolBenchmark.RunAsync),
    ["seen"] = Verb.Scenario("a reader catches up in 100 chats [--quick] [--users 100] [--rounds 30]", SeenScenario.RunAsync),
    ["send"] = Verb.Scenario($"messages between pairs of users, ChatHub against the control {SendOptions.Usage}", SendScenario.RunAsync),
    ["shards"] = new($"the sharding design of docs/scale.md, simulated with faults {ShardsScenario.Usage}", ShardsScenario.RunAsync),
    [SilentUsers.Verb] = new("users who connect and are silent, as `crowd` and `idle` start them", SilentUsers.RunAsync),
    ["soak"] = Verb.Scenario($"half of the highest load for half an hour [--minutes 30] {SendOptions.Usage}", SoakScenario.RunAsync),
    ["sqlserver"] = Verb.Scenario($"the load of `send` on SQLite and on the SQL Server that {SqlServerDatabase.Variable} names {SendOptions.Usage}", SqlServerScenario.RunAsync),
    ["start"] = Verb.Scenario($"from the start of the process to the first answered call {GrowthOptions.Usage}", StartScenario.RunAsync),
    ["storm"] = Verb.Scenario("5,000 users with missed messages come back to a restarted server [--quick] [--users 5000] [--rounds 3]", StormScenario.RunAsync),
};

if (args.Length > 0 && verbs.TryGetValue(args[0], out var verb))
{
    try
    {
        return await verb.RunAsync(args[1..]);
    }
    catch (BenchmarkException failure)
    {
        await Console.Error.WriteLineAsync($"FAILED: {failure.Message}");
        return 1;
    }
    catch (OperationCanceledException)
    {
        await Console.Error.WriteLineAsync("FAILED: stopped");
        return 1;
    }
}

Console.Error.WriteLine("usage: Benchmarks <verb> [options]");
foreach (var (name, one) in verbs)
    Console.Error.WriteLine($"  {name,-10}{one.Help}");
return 2;
