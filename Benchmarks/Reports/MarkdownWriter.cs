using System.Text;

namespace ChatHub.Benchmarks.Reports;

/// <summary>A report as tables for docs/benchmarks.md.</summary>
public static class MarkdownWriter
{
    public static string Write(Report report)
    {
        var text = new StringBuilder();
        string[] ratios = [.. report.Comparisons.Select(comparison => $"{report.Candidates[comparison.Of]} ÷ {report.Candidates[comparison.Against]}")];
        string[] columns = [.. report.Candidates, .. ratios];
        var isGrouped = report.Rows.Any(row => row.Group != "");
        text.AppendLine($"|{(isGrouped ? " |" : "")} | {string.Join(" | ", columns)} |");
        text.AppendLine($"|{(isGrouped ? "---|" : "")}---|{string.Concat(Enumerable.Repeat("--:|", columns.Length))}");
        foreach (var row in report.Rows)
            text.AppendLine(Line(report, row, isGrouped));
        AppendGoals(text, report.Goals);
        text.AppendLine();
        foreach (var note in report.Notes)
            text.AppendLine(note);
        text.AppendLine($"{report.Machine}.");
        return text.ToString();
    }

    private static string Line(Report report, Row row, bool isGrouped)
    {
        var values = row.Values.Select(values => Cell(values, row.Format));
        var ratios = report.Comparisons.Select(comparison => row.Ratios(comparison) is { Length: > 0 } rounds ? $"**{Cell(rounds, "0.00")}**" : "");
        return $"|{(isGrouped ? $" {row.Group} |" : "")} {row.Measure} | {string.Join(" | ", values.Concat(ratios))} |";
    }

    private static string Cell(IReadOnlyList<double> values, string format) => values.Count switch
    {
        0 => "",
        1 => values[0].ToString(format),
        _ => Statistics.Spread(values, format),
    };

    private static void AppendGoals(StringBuilder text, IReadOnlyList<Goal> goals)
    {
        if (goals.Count == 0)
            return;
        text.AppendLine();
        text.AppendLine("| goal | | measured | |");
        text.AppendLine("|---|---|--:|---|");
        foreach (var goal in goals)
            text.AppendLine($"| {goal.What} | {goal.Wanted} | {goal.Value:#,0.###} | {goal.Verdict} |");
    }
}
