using System.Buffers;
using System.Diagnostics;
using ChatHub.Benchmarks.Reports;
using ChatHub.Contracts;
using ChatHub.Tests.Protocol.Support;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace ChatHub.Benchmarks.Protocol;

/// <summary>
/// <c>protocol</c>: bytes, time and allocations of both hub protocols, in one process and alternating, so that other load on
/// the machine affects both. The time is that of the fastest round, which other load affected least.
/// </summary>
internal static class ProtocolBenchmark
{
    private const int Rounds = 201;
    private const int QuickRounds = 3;
    private const int WarmUps = 8;
    private const double MostWrite = 0.86;
    private const double MostParse = 0.51;
    private const string TimeFormat = "#,0.#";
    private static readonly Comparison Packed = new(1, 0);
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(4);

    public static Task<Report> RunAsync(string[] args)
    {
        var rounds = args.Contains("--quick") ? QuickRounds : Rounds;
        var jsonOptions = Options.Create(new JsonHubProtocolOptions());
        ContractJson.Apply(jsonOptions.Value.PayloadSerializerOptions);
        var json = new JsonHubProtocol(jsonOptions);
        var packOptions = Options.Create(new MessagePackHubProtocolOptions());
        ContractMessagePack.Apply(packOptions.Value);
        var pack = new MessagePackHubProtocol(packOptions);

        var rows = new List<Row>();
        foreach (var (name, message) in ProtocolSamples.All)
        {
            rows.Add(Row(name, "bytes", json.GetMessageBytes(message).Length, pack.GetMessageBytes(message).Length));
            rows.AddRange(Compare(name, "write", Writing(json, message), Writing(pack, message), rounds));
            rows.AddRange(Compare(name, "parse", Parsing(json, message), Parsing(pack, message), rounds));
        }

        return Task.FromResult(new Report
        {
            Name = "protocol",
            Title = "The two hub protocols",
            Candidates = ["JSON", "MessagePack"],
            Comparisons = [Packed],
            Rows = rows,
            Goals = [.. rows.Where(row => row.Format == TimeFormat).Select(row => Goal.AtMost($"{row.Title}, MessagePack ÷ JSON", row.Ratio(Packed), row.Measure == "write, ns" ? MostWrite : MostParse))],
            Notes = [$"Fastest of {rounds} rounds of {RoundTime.TotalMilliseconds} ms each."],
        });
    }

    private static Row[] Compare(string name, string what, Action json, Action pack, int rounds)
    {
        var (jsonTime, packTime) = Measure(json, pack, rounds);
        return [Row(name, $"{what}, ns", jsonTime, packTime, TimeFormat), Row(name, $"{what}, bytes allocated", Allocated(json), Allocated(pack), isCharted: false)];
    }

    private static Row Row(string name, string what, double json, double pack, string format = "#,0", bool isCharted = true) =>
        new(name, what, format, [[json], [pack]], isCharted);

    private static Action Writing(IHubProtocol protocol, HubMessage message)
    {
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        return () =>
        {
            output.ResetWrittenCount();
            protocol.WriteMessage(message, output);
        };
    }

    private static Action Parsing(IHubProtocol protocol, HubMessage message)
    {
        var bytes = protocol.GetMessageBytes(message);
        var binder = new ContractBinder();
        return () =>
        {
            var input = new ReadOnlySequence<byte>(bytes);
            if (!protocol.TryParseMessage(ref input, binder, out var parsed) || parsed is InvocationBindingFailureMessage)
                throw new InvalidOperationException($"{protocol.Name} cannot read its own message.");
        };
    }

    private static (double Json, double Pack) Measure(Action json, Action pack, int rounds)
    {
        var jsonCalls = Calibrate(json, Math.Min(rounds, WarmUps));
        var packCalls = Calibrate(pack, Math.Min(rounds, WarmUps));
        var times = Enumerable.Range(0, rounds).Select(_ => (Json: Time(json, jsonCalls), Pack: Time(pack, packCalls))).ToList();
        return (times.Min(time => time.Json), times.Min(time => time.Pack));
    }

    // As many calls as fill a round; run long enough beforehand that the code has been compiled in its final form.
    private static int Calibrate(Action call, int warmUps)
    {
        for (var warm = 0; warm < warmUps; warm++)
        {
            Time(call, 2_000);
            Thread.Sleep(100);
        }

        return (int)Math.Max(1, RoundTime.TotalNanoseconds / Enumerable.Range(0, 20).Min(_ => Time(call, 200)));
    }

    private static double Time(Action call, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
            call();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }

    private static double Allocated(Action call)
    {
        const int Calls = 1_000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++)
            call();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Calls;
    }
}
