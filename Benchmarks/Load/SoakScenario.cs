using ChatHub.Benchmarks.Reports;
using ChatHub.Benchmarks.Send;

namespace ChatHub.Benchmarks.Load;

/// <summary>Half of the highest load for a long time: nothing may grow that should not.</summary>
public static class SoakScenario
{
    private const int InFlight = 4;
    private const int Reference = 3; // the minute that the end is compared with
    private const double MostGrowth = 1.1;
    private const double MiB = 1024 * 1024;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan QuickMinute = TimeSpan.FromSeconds(0.5);

    /// <param name="Rate">Messages a second.</param>
    /// <param name="P99">Milliseconds from sending to acknowledgement.</param>
    /// <param name="Memory">MiB.</param>
    /// <param name="Files">Open files and sockets.</param>
    /// <param name="Log">MiB of the database's write-ahead log.</param>
    private sealed record Sample(double Rate, double P99, double Memory, double Files, double Log);

    public static async Task<Report> RunAsync(string[] args)
    {
        var options = SendOptions.Parse(args);
        var (length, minutes) = options.IsQuick ? (QuickMinute, Reference + 1) : (Minute, options.Minutes);
        if (minutes <= Reference)
            throw new BenchmarkException($"--minutes must be more than {Reference}: the end is compared with minute {Reference}");
        using var run = new RunFolder(options.Folder);
        await using var candidate = await Candidates.ChatHub(options, run.Path, run.Stopping);
        var highest = await CalibrateAsync(candidate, options, run.Stopping);
        candidate.SetPace(TimeSpan.FromSeconds(options.Pairs * 2 / highest));
        var samples = new List<Sample>();
        for (var minute = 1; minute <= minutes; minute++)
        {
            samples.Add(await SampleAsync(candidate, run, length));
            var sample = samples[^1];
            await Console.Error.WriteLineAsync(
                $"minute {minute}: {sample.Rate:0}/s, p99 {sample.P99:0.0} ms, {sample.Memory:0} MiB, {sample.Files} files, log {sample.Log:0.0} MiB");
        }

        return ToReport(samples, highest);
    }

    /// <returns>Messages a second.</returns>
    private static async Task<double> CalibrateAsync(Candidate candidate, SendOptions options, CancellationToken cancellation)
    {
        await candidate.RunAsync(options.WarmUp, InFlight, cancellation);
        await candidate.SettleAsync(cancellation);
        var rates = new List<double>();
        for (var round = 0; round < 3; round++)
            rates.Add((await candidate.RunAsync(options.Sending, InFlight, cancellation)).PerSecond);
        var highest = Statistics.Median(rates);
        await Console.Error.WriteLineAsync($"highest load: {highest:0} messages/s");
        return highest;
    }

    private static async Task<Sample> SampleAsync(Candidate candidate, RunFolder run, TimeSpan length)
    {
        var measured = await candidate.RunAsync(length, InFlight, run.Stopping);
        var log = Directory.EnumerateFiles(run.Path, "*.db-wal", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        return new(measured.PerSecond, measured.P99, candidate.Server.Memory / MiB, candidate.Server.OpenFiles, log / MiB);
    }

    private static Report ToReport(List<Sample> samples, double highest)
    {
        var (reference, end) = (samples[Reference - 1], samples[^1]);
        return new()
        {
            Name = "soak",
            Title = $"Half of the highest load for {samples.Count} minutes",
            Candidates = [$"minute {Reference}", $"minute {samples.Count}", "all minutes"],
            Comparisons = [new(1, 0)],
            Rows =
            [
                Row("messages/s", "#,0", sample => sample.Rate),
                Row("acknowledgement p99, ms", "0.0", sample => sample.P99),
                Row("server memory, MiB", "0", sample => sample.Memory),
                Row("open files", "0", sample => sample.Files),
                Row("write-ahead log, MiB", "0.0", sample => sample.Log),
            ],
            Goals =
            [
                Grown("p99", sample => sample.P99),
                Grown("memory", sample => sample.Memory),
                Grown("open files", sample => sample.Files),
                Grown("write-ahead log", sample => sample.Log),
            ],
            Notes = [$"The highest load was {highest:#,0} messages/s. Each message was acknowledged once and pushed once."],
        };

        Row Row(string measure, string format, Func<Sample, double> of) => new("", measure, format, [[of(reference)], [of(end)], [.. samples.Select(of)]]);

        Goal Grown(string what, Func<Sample, double> of) => Goal.AtMost($"{what}, end ÷ minute {Reference}", of(end) / of(reference), MostGrowth);
    }
}
