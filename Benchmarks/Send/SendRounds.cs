using ChatHub.Benchmarks.Reports;

namespace ChatHub.Benchmarks.Send;

/// <summary>Some candidates under the same load, in turn: all rounds that were measured.</summary>
public sealed class SendRounds
{
    public const string Rate = "messages/s";
    public const string Cpu = "server CPU per message, µs";
    public const string P50 = "acknowledgement p50, ms";
    public const string P99 = "acknowledgement p99, ms";
    private const int ProbeWrites = 50;

    private readonly SendOptions _options;
    private readonly List<double> _fsyncs = [];
    private readonly SortedDictionary<int, List<Measurement[]>> _byDepth = [];
    private string[] _names = [];

    private SendRounds(SendOptions options) => _options = options;

    /// <summary>Milliseconds, the median of writes where the databases lie.</summary>
    public double Fsync => Statistics.Median(_fsyncs);

    /// <summary>Starts the candidates, measures and ends them. Ctrl+C ends them too.</summary>
    public static async Task<SendRounds> MeasureAsync(SendOptions options, IReadOnlyList<StartCandidate> candidates)
    {
        using var run = new RunFolder(options.Folder);
        var rounds = new SendRounds(options);
        var started = new List<Candidate>();
        try
        {
            foreach (var start in candidates)
                started.Add(await start(options, run.Path, run.Stopping));
            await rounds.MeasureAsync(started, run);
        }
        finally
        {
            foreach (var candidate in started)
                await candidate.DisposeAsync();
        }

        return rounds;
    }

    public Row Row(int depth, string measure) => measure switch
    {
        Rate => Row(depth, measure, "#,0", m => m.PerSecond),
        Cpu => Row(depth, measure, "0", m => m.CpuMicroseconds),
        P50 => Row(depth, measure, "0.00", m => m.P50),
        _ => Row(depth, measure, "0.00", m => m.P99),
    };

    public Report ToReport(string name, string title) => new()
    {
        Name = name,
        Title = title,
        Candidates = _names,
        Rows = [.. _byDepth.Keys.SelectMany(depth => (string[])[Rate, Cpu, P50, P99], Row)],
        Notes = [.. Notes()],
    };

    private Row Row(int depth, string measure, string format, Func<Measurement, double> value) => new(
        SendScenario.InFlight(depth),
        measure,
        format,
        [.. _names.Select((_, candidate) => (double[])[.. _byDepth[depth].Select(round => value(round[candidate]))])]);

    private async Task MeasureAsync(List<Candidate> candidates, RunFolder run)
    {
        _names = [.. candidates.Select(candidate => candidate.Name)];
        await WarmUpAsync(candidates, run.Stopping);
        for (var round = 1; round <= _options.Rounds; round++)
        {
            _fsyncs.AddRange(FsyncProbe.Measure(run.Path, ProbeWrites));
            foreach (var depth in _options.InFlight)
                await MeasureRoundAsync(candidates, round, depth, run.Stopping);
        }
    }

    private async Task MeasureRoundAsync(List<Candidate> candidates, int round, int depth, CancellationToken cancellation)
    {
        var measured = new Measurement[candidates.Count];
        // The order alternates, so that a drift of the machine favours none.
        var order = Enumerable.Range(0, candidates.Count);
        foreach (var index in round % 2 == 0 ? order : order.Reverse())
            measured[index] = await candidates[index].RunAsync(_options.Sending, depth, cancellation);
        if (!_byDepth.TryGetValue(depth, out var rounds))
            _byDepth[depth] = rounds = [];
        rounds.Add(measured);
        await Console.Error.WriteLineAsync(
            $"round {round}, {SendScenario.InFlight(depth)}: " + string.Join("; ", _names.Zip(measured, (name, m) => $"{name} {m.PerSecond:0}/s, {m.CpuMicroseconds:0} µs")));
    }

    /// <summary>Discards the first measurements of a new process.</summary>
    private async Task WarmUpAsync(List<Candidate> candidates, CancellationToken cancellation)
    {
        for (var step = 0; step < _options.WarmUpSteps; step++)
        {
            foreach (var candidate in candidates)
            {
                foreach (var depth in _options.InFlight)
                    await candidate.RunAsync(_options.WarmUp, depth, cancellation);
                if (!_options.IsQuick)
                    await candidate.SettleAsync(cancellation);
            }
        }
    }

    private IEnumerable<string> Notes()
    {
        yield return $"Median (least..most) of {_options.Rounds} rounds of {_options.Sending.TotalSeconds} s, after a warm-up that is not counted; "
            + $"{_options.Pairs} pairs, {2 * _options.Pairs} connections; ratios are those of one round.";
        var all = _byDepth.Values.SelectMany(rounds => rounds).ToArray();
        var bytes = _names.Select((name, candidate) =>
            $"{name} {all.Sum(round => round[candidate].Messages):#,0} messages, {all.Average(round => round[candidate].ResultBytes):0} bytes per result and {all.Average(round => round[candidate].PushBytes):0} per event");
        yield return $"Each message was acknowledged once and pushed once: {string.Join("; ", bytes)}.";
        yield return $"fsync of 4 KiB where the databases lie: median {Fsync:0.00} ms, p99 {Statistics.Percentile(_fsyncs, 0.99):0.00} ms.";
    }
}
