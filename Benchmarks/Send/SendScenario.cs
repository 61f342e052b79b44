namespace ChatHub.Benchmarks.Send;

/// <summary>Messages between pairs of users: the control (or another build) and ChatHub in turn, the same load on each.</summary>
public static class SendScenario
{
    private const int ProbeWrites = 50;
    private const int WarmUpSeconds = 5;
    private static readonly int[] Depths = [1, 4];

    public static async Task<int> RunAsync(string[] args)
    {
        var options = SendOptions.Parse(args);
        using var stop = new CancellationTokenSource();
        ConsoleCancelEventHandler onCancel = (_, e) =>
        {
            // The servers are to be ended, and the folder deleted, before this process goes.
            e.Cancel = true;
            stop.Cancel();
        };
        Console.CancelKeyPress += onCancel;
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, $"chathub-benchmark-{Guid.NewGuid():N}")).FullName;
        try
        {
            Console.WriteLine(await MeasureAsync(options, folder, stop.Token));
            return 0;
        }
        catch (OperationCanceledException)
        {
            throw new BenchmarkException("stopped");
        }
        finally
        {
            Console.CancelKeyPress -= onCancel;
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> MeasureAsync(SendOptions options, string folder, CancellationToken cancellation)
    {
        await using var other = await Contestants.StartOtherAsync(options, folder, cancellation);
        await using var ours = await Contestants.StartOursAsync(options, folder, cancellation);
        var report = new SendReport(options, other.Name, ours.Name);
        // Round 0 is thrown away, and longer: a fresh process is still being compiled.
        for (var round = 0; round <= options.Rounds; round++)
        {
            var sending = TimeSpan.FromSeconds(round == 0 ? Math.Max(WarmUpSeconds, options.Seconds) : options.Seconds);
            var fsyncs = FsyncProbe.Measure(folder, ProbeWrites);
            foreach (var depth in Depths)
            {
                // Who goes first alternates, so that a drift of the machine favours neither.
                var oursFirst = round % 2 == 1;
                var early = await (oursFirst ? ours : other).RunAsync(sending, depth, cancellation);
                var late = await (oursFirst ? other : ours).RunAsync(sending, depth, cancellation);
                var pair = oursFirst ? (Other: late, Ours: early) : (Other: early, Ours: late);
                await Console.Error.WriteLineAsync(SendReport.Progress(round, depth, pair.Other, pair.Ours));
                if (round > 0)
                    report.Add(depth, pair.Other, pair.Ours);
            }

            report.AddFsyncs(fsyncs);
        }

        return report.ToMarkdown();
    }
}
