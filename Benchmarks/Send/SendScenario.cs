namespace ChatHub.Benchmarks.Send;

/// <summary>Messages between pairs of users: the control and ChatHub in turn, the same load on each.</summary>
public static class SendScenario
{
    private const int ProbeWrites = 50;
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
        await using var control = await Contestants.StartControlAsync(options, folder, cancellation);
        await using var ours = await Contestants.StartChatHubAsync(options, folder, cancellation);
        var sending = TimeSpan.FromSeconds(options.Seconds);
        var report = new SendReport(options);
        // Round 0 is thrown away: a fresh process is still being compiled.
        for (var round = 0; round <= options.Rounds; round++)
        {
            var fsyncs = FsyncProbe.Measure(folder, ProbeWrites);
            foreach (var depth in Depths)
            {
                // Who goes first alternates, so that a drift of the machine favours neither.
                var controlFirst = round % 2 == 0;
                var early = await (controlFirst ? control : ours).RunAsync(sending, depth, cancellation);
                var late = await (controlFirst ? ours : control).RunAsync(sending, depth, cancellation);
                var (theirs, mine) = controlFirst ? (early, late) : (late, early);
                await Console.Error.WriteLineAsync(SendReport.Progress(round, depth, theirs, mine));
                if (round > 0)
                    report.Add(depth, theirs, mine);
            }

            report.AddFsyncs(fsyncs);
        }

        return report.ToMarkdown();
    }
}
