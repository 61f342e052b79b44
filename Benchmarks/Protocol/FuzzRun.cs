using System.Diagnostics;
using System.Globalization;
using ChatHub.Contracts;
using ChatHub.Tests.Protocol.Support;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace ChatHub.Benchmarks.Protocol;

/// <summary>
/// <c>fuzz [frames] [seed]</c>: the fuzzer that the tests run for a moment, for longer. Ends with an error at the first
/// frame that brings out another exception than the documented one, or costs too much memory.
/// </summary>
internal static class FuzzRun
{
    private const int DefaultFrames = 2_000_000;

    // Each batch damages another corpus.
    private const int Batch = 50_000;

    public static Task<int> RunAsync(string[] args)
    {
        var frames = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : DefaultFrames;
        var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
        var options = Options.Create(new MessagePackHubProtocolOptions());
        ContractMessagePack.Apply(options.Value);
        var protocol = new MessagePackHubProtocol(options);

        var started = Stopwatch.GetTimestamp();
        var total = new FuzzResult();
        while (total.Frames < frames)
            total.Add(new FrameFuzzer(protocol, seed++).Run(Math.Min(Batch, frames - total.Frames)));

        Console.WriteLine($"{total}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s, {Process.GetCurrentProcess().PeakWorkingSet64 / (1024 * 1024)} MB at most"));
        return Task.FromResult(0);
    }
}
