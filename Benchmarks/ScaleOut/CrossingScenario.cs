using ChatHub.Benchmarks.Reports;
using ChatHub.Benchmarks.Send;

namespace ChatHub.Benchmarks.ScaleOut;

/// <summary>What it costs that a message crosses from one instance to another: the `send` load on one instance, and on two with Redis.</summary>
public static class CrossingScenario
{
    private const string OneWriter = "--one-writer";
    private const double MostCpu = 1.5;

    public static async Task<Report> RunAsync(string[] args)
    {
        // Who writes on both instances also has them share the database file; on one, the crossing alone is measured.
        var writersOnBoth = !args.Contains(OneWriter);
        var options = SendOptions.Parse([.. args.Where(arg => arg != OneWriter)]);
        var rounds = await SendRounds.MeasureAsync(options, [Candidates.ChatHubAs("one instance"), Candidates.TwoInstances(writersOnBoth)]);
        var crossing = new Comparison(1, 0);
        return rounds.ToReport(writersOnBoth ? "crossing" : "crossing-one-writer", "A message from one instance to another, beside one instance") with
        {
            Comparisons = [crossing],
            Goals = [.. options.InFlight.Select(depth => Goal.AtMost($"CPU, {SendScenario.InFlight(depth)}", rounds.Row(depth, SendRounds.Cpu).Ratio(crossing), MostCpu))],
        };
    }
}
