using ChatHub.Benchmarks.Reports;
using ChatHub.Benchmarks.Wires;

namespace ChatHub.Benchmarks.Send;

/// <summary>Messages between pairs of users: ChatHub and what it is measured against in turn, the same load on each.</summary>
public static class SendScenario
{
    public static async Task<Report> RunAsync(string[] args)
    {
        var options = SendOptions.Parse(args);
        if (options.IsMessagePack)
            return await MessagePackAsync(options);
        if (options.Against is not null)
            return await OtherBuildAsync(options);
        StartCandidate[] candidates = [Candidates.Control, .. options.ClientIds.Select(Candidates.ChatHubWith)];
        var rounds = await SendRounds.MeasureAsync(options, candidates);
        return rounds.ToReport("send", "A message, beside a bare relay") with
        {
            Comparisons = [.. options.ClientIds.Select((_, index) => new Comparison(index + 1, 0)), .. Ids(options, new Comparison(1, 2))],
            Goals = Goals(options, rounds),
        };
    }

    private static async Task<Report> MessagePackAsync(SendOptions options)
    {
        var rounds = await SendRounds.MeasureAsync(options, [Candidates.ChatHubOver("JSON", Wire.Json), Candidates.ChatHubOver("MessagePack", Wire.MessagePack)]);
        var packed = new Comparison(1, 0);
        return rounds.ToReport("send-messagepack", "A message, over JSON and over MessagePack") with
        {
            Comparisons = [packed],
            Goals = [.. options.InFlight.Select(depth => Goal.AtMost($"CPU, {InFlight(depth)}", rounds.Row(depth, SendRounds.Cpu).Ratio(packed), 0.9))],
        };
    }

    private static async Task<Report> OtherBuildAsync(SendOptions options)
    {
        var rounds = await SendRounds.MeasureAsync(options, [Candidates.OtherBuild, Candidates.ChatHub]);
        return rounds.ToReport("send-against", $"A message, build against build, {options.ClientIds[0].Name}") with { Comparisons = [new(1, 0)] };
    }

    private static IEnumerable<Goal> GoalsOf(int depth, SendRounds rounds)
    {
        var (relay, wait) = (new Comparison(1, 0), rounds.Row(depth, SendRounds.P99));
        yield return Goal.AtMost($"CPU ÷ control, {InFlight(depth)}", rounds.Row(depth, SendRounds.Cpu).Ratio(relay), depth == 1 ? 2.0 : 3.0);
        yield return Goal.AtLeast($"messages/s ÷ control, {InFlight(depth)}", rounds.Row(depth, SendRounds.Rate).Ratio(relay), depth == 1 ? 0.5 : 0.4);
        yield return Goal.AtMost($"p99 in ms, {InFlight(depth)} (twice the control's and one fsync)", wait.Median(1), (2 * wait.Median(0)) + rounds.Fsync);
    }

    /// <summary>Those of the first kind of ids, and that it costs no more than the second.</summary>
    private static Goal[] Goals(SendOptions options, SendRounds rounds) =>
    [
        .. options.InFlight.SelectMany(depth => GoalsOf(depth, rounds)),
        .. options.InFlight.SelectMany(depth => Ids(options, Goal.AtMost(
            $"CPU, {ClientIdKind.Random.Name} ÷ {ClientIdKind.Ordered.Name}, {InFlight(depth)}", options.ClientIds.Count > 1 ? rounds.Row(depth, SendRounds.Cpu).Ratio(new(1, 2)) : 0, 1.05))),
    ];

    /// <summary>Nothing, unless random and ordered ids are measured.</summary>
    private static IEnumerable<T> Ids<T>(SendOptions options, T item) =>
        options.ClientIds is [var first, var second] && first == ClientIdKind.Random && second == ClientIdKind.Ordered ? [item] : [];

    internal static string InFlight(int depth) => $"{depth} in flight";
}
