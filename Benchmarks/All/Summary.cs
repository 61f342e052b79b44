using System.Text;
using ChatHub.Benchmarks.Reports;

namespace ChatHub.Benchmarks.All;

/// <summary>The newest results of all scenarios on one page: a table of the goals, and of each scenario its chart and its numbers.</summary>
public static class Summary
{
    public static string PathIn(ResultsFolder results) => results.FileOf("summary", "md");

    public static void Write(ResultsFolder results, IEnumerable<string> scenarios)
    {
        Report[] reports = [.. scenarios.Select(results.Read).OfType<Report>()];
        var text = new StringBuilder();
        text.AppendLine("# Results");
        text.AppendLine();
        text.AppendLine("Written by the verb `all` of [the benchmarks](../benchmarks.md), from the newest results of each scenario.");
        text.AppendLine();
        text.AppendLine("| scenario | goal | | measured | |");
        text.AppendLine("|---|---|---|--:|---|");
        foreach (var (report, goal) in reports.SelectMany(report => report.Goals.Select(goal => (report, goal))))
            text.AppendLine($"| [{report.Name}](#{report.Name}) | {goal.What} | {goal.Wanted} | {goal.Value:#,0.###} | {goal.Verdict} |");
        foreach (var report in reports)
            Append(text, report);
        Directory.CreateDirectory(Path.GetDirectoryName(PathIn(results))!);
        File.WriteAllText(PathIn(results), text.ToString().TrimEnd() + "\n");
    }

    private static void Append(StringBuilder text, Report report)
    {
        text.AppendLine();
        text.AppendLine($"## {report.Name}");
        text.AppendLine();
        text.AppendLine($"![{report.Title}]({report.Name}.svg)");
        text.AppendLine();
        text.Append(MarkdownWriter.Write(report with { Goals = [] }));
    }
}
