using ChatHub.Benchmarks.Reports;
using ChatHub.Benchmarks.Send;
using ChatHub.Benchmarks.Users;

namespace ChatHub.Benchmarks.Load;

/// <summary>The load of `send` while many other users are connected and silent: does a message cost more for them?</summary>
public static class CrowdScenario
{
    private const int ManyUsers = 10_000;
    private const double LeastRate = 7;
    private const double MostCpu = 1.1;

    public static async Task<Report> RunAsync(string[] args)
    {
        var options = SendOptions.Parse(["--users", $"{ManyUsers}", "--rounds", "4", .. args]);
        OpenFiles.Require(options.Users);
        var rounds = await SendRounds.MeasureAsync(
            options,
            [With(Candidates.Control, isControl: true), With(Candidates.ChatHub, isControl: false), Candidates.ChatHubAs("ChatHub alone")]);
        var (relay, alone) = (new Comparison(1, 0), new Comparison(1, 2));
        return rounds.ToReport("crowd", $"A message while {options.Silent:#,0} others are connected") with
        {
            Comparisons = [relay, alone],
            Goals =
            [
                .. options.InFlight.Select(depth => Goal.AtLeast($"messages/s ÷ control, {SendScenario.InFlight(depth)}", rounds.Row(depth, SendRounds.Rate).Ratio(relay), LeastRate)),
                .. options.InFlight.Select(depth => Goal.AtMost($"CPU ÷ alone, {SendScenario.InFlight(depth)}", rounds.Row(depth, SendRounds.Cpu).Ratio(alone), MostCpu)),
            ],
        };
    }

    private static StartCandidate With(StartCandidate start, bool isControl) => async (options, folder, cancellation) =>
    {
        var candidate = await start(options, folder, cancellation);
        try
        {
            await Console.Error.WriteLineAsync($"{candidate.Name}: connecting {options.Silent:#,0} silent users");
            candidate.Add(await SilentUsers.ConnectAsync(candidate.Server.Address, 2 * options.Pairs, options.Silent, isControl, cancellation));
            return candidate;
        }
        catch
        {
            await candidate.DisposeAsync();
            throw;
        }
    };
}
