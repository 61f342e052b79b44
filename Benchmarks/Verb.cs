using ChatHub.Benchmarks.Reports;

namespace ChatHub.Benchmarks;

/// <summary>One thing that the program does.</summary>
/// <param name="Help">One line.</param>
/// <param name="RunAsync">Takes the options; the result is the exit code.</param>
public sealed record Verb(string Help, Func<string[], Task<int>> RunAsync)
{
    private const string Results = "--results";

    /// <summary>A scenario: its report is printed, and with <c>--results DIR</c> written there as JSON and as a chart.</summary>
    public static Verb Scenario(string help, Func<string[], Task<Report>> measure) => new($"{help} [{Results} DIR]", async args =>
    {
        var at = Array.IndexOf(args, Results);
        if (at == args.Length - 1 && at >= 0)
            throw new BenchmarkException($"{Results} wants a folder");
        var report = await measure(at < 0 ? args : [.. args[..at], .. args[(at + 2)..]]);
        Console.WriteLine(MarkdownWriter.Write(report));
        if (at >= 0)
            new ResultsFolder(Path.GetFullPath(args[at + 1])).Write(report);
        return 0;
    });
}
