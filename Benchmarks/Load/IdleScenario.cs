using ChatHub.Benchmarks.Reports;
using ChatHub.Benchmarks.ScaleOut;
using ChatHub.Benchmarks.Send;
using ChatHub.Benchmarks.Users;

namespace ChatHub.Benchmarks.Load;

/// <summary>What a user costs who is connected and silent: the memory of a server with thousands of them, less that of the same server before they came.</summary>
public static class IdleScenario
{
    private const int ManyUsers = 10_000;
    private const int WarmUpUsers = 200;
    private const double MostRatio = 1.05;
    private const string Measure = "server memory per user, KiB";

    // Long enough for a ping of every client and of the server.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(16);

    public static async Task<Report> RunAsync(string[] args)
    {
        var options = SendOptions.Parse(["--users", $"{ManyUsers}", "--rounds", "3", .. args]);
        OpenFiles.Require(options.Silent);
        var (control, chatHub) = (new List<double>(), new List<double>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            control.Add(await MeasureAsync(await Crowd.StartControlAsync(options), options));
            chatHub.Add(await MeasureAsync(await Crowd.StartAsync(options, options.Silent + WarmUpUsers, instances: 1), options));
            await Console.Error.WriteLineAsync($"round {round}: {Candidates.ControlName} {control[^1]:0.0}, {Candidates.ChatHubName} {chatHub[^1]:0.0} KiB per user");
        }

        var comparison = new Comparison(1, 0);
        var row = new Row("", Measure, "0.0", [control, chatHub]);
        return new()
        {
            Name = "idle",
            Title = $"{options.Silent:#,0} users connected and silent",
            Candidates = [Candidates.ControlName, Candidates.ChatHubName],
            Comparisons = [comparison],
            Rows = [row],
            Goals = [Goal.AtMost("memory per user ÷ control", row.Ratio(comparison), MostRatio)],
            Notes = [$"{options.Rounds} rounds, each in processes of its own. Before it is measured each server has had {WarmUpUsers} users, who have gone. No connection was lost."],
        };
    }

    /// <returns>KiB for each user.</returns>
    private static async Task<double> MeasureAsync(Crowd crowd, SendOptions options)
    {
        await using var ends = crowd;
        if (!options.IsQuick)
        {
            await using (await ConnectAsync(crowd, options.Silent, WarmUpUsers))
                await crowd.SettleAsync();
            await crowd.SettleAsync();
        }

        var before = crowd.Servers[0].Memory;
        await using var silent = await ConnectAsync(crowd, 0, options.Silent);
        if (!options.IsQuick)
            await Task.Delay(Rest);
        return (crowd.Servers[0].Memory - before) / 1024.0 / options.Silent;
    }

    private static Task<SilentUsers> ConnectAsync(Crowd crowd, int first, int count) =>
        SilentUsers.ConnectAsync(crowd.Servers[0].Address, first, count, crowd.IsControl, CancellationToken.None);
}
