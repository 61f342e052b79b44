using System.Text;
using ChatHub.Benchmarks.Reports;

namespace ChatHub.Benchmarks.All;

/// <summary>One table of the goals of all scenarios that have results.</summary>
public static class Summary
{
    public static string PathIn(ResultsFolder results) => results.FileOf("summary", "md");

    public static void Write(ResultsFolder results, IEnumerable<string> scenarios)
    {
        var text = new StringBuilder();
        text.AppendLine("# Goals");
        text.AppendLine();
        text.AppendLine("Written by the verb `all` of [the benchmarks](../benchmarks.md), from the newest results of each scenario.");
        text.AppendLine();
        text.AppendLine("| scenario | goal | | measured | |");
        text.AppendLine("|---|---|---|--:|---|");
        foreach (var report in scenarios.Select(results.Read).OfType<Report>())
        {
            foreach (var goal in report.Goals)
                text.AppendLine($"| [{report.Name}]({report.Name}.svg) | {goal.What} | {goal.Wanted} | {goal.Value:#,0.###} | {goal.Verdict} |");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(PathIn(results))!);
        File.WriteAllText(PathIn(results), text.ToString());
    }
}
