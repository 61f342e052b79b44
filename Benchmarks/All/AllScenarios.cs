using System.Diagnostics;
using ChatHub.Benchmarks.Reports;

namespace ChatHub.Benchmarks.All;

/// <summary>Every scenario in turn, each in a process of its own, and one table of all goals.</summary>
public static class AllScenarios
{
    public const string Usage = "[--quick] [--only send,idle] [--without soak] [--rounds N] [--folder DIR] [--results DIR] [--server DLL]";

    // Those that decide most come first. `folder` and `start` find the databases that `growth` has written.
    private static readonly Step[] Steps =
    [
        new("send", ["send"], TakesRounds: true),
        new("send-messagepack", ["send", "--protocol", "messagepack"], TakesRounds: true),
        new("idle", ["idle"]),
        new("crowd", ["crowd"], TakesRounds: true),
        new("connect", ["connect", "--rounds", "3"]),
        new("storm", ["storm"]),
        new("growth", ["growth"], KeepsFolder: true),
        new("start", ["start"], KeepsFolder: true),
        new("folder", ["folder"], KeepsFolder: true),
        new("seen", ["seen"]),
        new("crossing", ["crossing"], TakesRounds: true),
        new("peers", ["peers"], TakesRounds: true),
        new("sqlserver", ["sqlserver"], TakesRounds: true),
        new("outage", ["outage"]),
        new("protocol", ["protocol"], TakesServer: false),
        new("soak", ["soak"]),
    ];

    /// <param name="Results">Of its files.</param>
    /// <param name="Arguments">The verb, and what it needs.</param>
    /// <param name="TakesRounds">Whether its time is mostly rounds, so that fewer make it shorter.</param>
    /// <param name="KeepsFolder">Whether its databases are worth keeping for the next.</param>
    /// <param name="TakesServer">Whether it starts one.</param>
    private sealed record Step(string Results, string[] Arguments, bool TakesRounds = false, bool KeepsFolder = false, bool TakesServer = true);

    public static async Task<int> RunAsync(string[] args)
    {
        var options = AllOptions.Parse(args, [.. Steps.Select(step => step.Results)]);
        var results = new ResultsFolder(options.Results);
        var failed = new List<string>();
        foreach (var step in Steps.Where(step => options.Includes(step.Results)))
        {
            var elapsed = Stopwatch.StartNew();
            await Console.Error.WriteLineAsync($"--- {step.Results}");
            if (await RunAsync(step, options) != 0)
                failed.Add(step.Results);
            await Console.Error.WriteLineAsync($"--- {step.Results}: {elapsed.Elapsed.TotalSeconds:0} s");
            // After each one, so that a run that was stopped leaves what it has.
            Summary.Write(results, [.. Steps.Select(one => one.Results)]);
        }

        Console.WriteLine(await File.ReadAllTextAsync(Summary.PathIn(results)));
        if (failed.Count > 0)
            throw new BenchmarkException($"without results: {string.Join(", ", failed)}");
        return 0;
    }

    private static async Task<int> RunAsync(Step step, AllOptions options)
    {
        string[] arguments =
        [
            typeof(AllScenarios).Assembly.Location,
            .. step.Arguments,
            .. If(options.IsQuick, "--quick"),
            .. If(step.TakesRounds && options.Rounds is not null, "--rounds", options.Rounds ?? ""),
            .. If(step.TakesServer && options.Server is not null, "--server", options.Server ?? ""),
            .. If(step.KeepsFolder, "--folder", options.Databases),
            .. If(step.TakesServer && !step.KeepsFolder && options.Folder is not null, "--folder", options.Folder ?? ""),
            "--results", options.Results,
        ];
        using var process = Process.Start(ServerProcess.DotnetHost, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static string[] If(bool condition, params string[] arguments) => condition ? arguments : [];
}
