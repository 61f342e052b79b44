namespace ChatHub.Benchmarks.Send;

/// <summary>Messages between pairs of users: the control (or another build) and ChatHub in turn, the same load on each.</summary>
public static class SendScenario
{
    private const int ProbeWrites = 50;
    private const int WarmUpSteps = 2;

    public static Task<int> RunAsync(string[] args) => RunAsync(args, Candidates.StartOtherAsync, Candidates.StartOursAsync);

    /// <param name="args">See <see cref="SendOptions"/>.</param>
    /// <param name="startOther">What is measured against.</param>
    /// <param name="startOurs">What is measured.</param>
    public static async Task<int> RunAsync(string[] args, StartCandidate startOther, StartCandidate startOurs)
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
            Console.WriteLine(await MeasureAsync(options, folder, startOther, startOurs, stop.Token));
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

    private static async Task<string> MeasureAsync(
        SendOptions options, string folder, StartCandidate startOther, StartCandidate startOurs, CancellationToken cancellation)
    {
        await using var other = await startOther(options, folder, cancellation);
        await using var ours = await startOurs(options, folder, cancellation);
        await WarmUpAsync(options, [other, ours], cancellation);
        var report = new SendReport(options, other.Name, ours.Name);
        for (var round = 1; round <= options.Rounds; round++)
        {
            report.AddFsyncs(FsyncProbe.Measure(folder, ProbeWrites));
            foreach (var depth in options.InFlight)
            {
                // The order alternates, so that a drift of the machine favours neither.
                var oursFirst = round % 2 == 1;
                var early = await (oursFirst ? ours : other).RunAsync(options.Sending, depth, cancellation);
                var late = await (oursFirst ? other : ours).RunAsync(options.Sending, depth, cancellation);
                var pair = oursFirst ? (Other: late, Ours: early) : (Other: early, Ours: late);
                await Console.Error.WriteLineAsync(SendReport.Progress(round, depth, pair.Other, pair.Ours));
                report.Add(depth, pair.Other, pair.Ours);
            }
        }

        return report.ToMarkdown();
    }

    /// <summary>Discards the first measurements of a new process, twice: its code is compiled in two tiers.</summary>
    private static async Task WarmUpAsync(SendOptions options, Candidate[] candidates, CancellationToken cancellation)
    {
        for (var step = 0; step < WarmUpSteps; step++)
        {
            foreach (var candidate in candidates)
            {
                foreach (var depth in options.InFlight)
                    await candidate.RunAsync(options.WarmUp, depth, cancellation);
                await candidate.SettleAsync(cancellation);
            }
        }
    }
}
