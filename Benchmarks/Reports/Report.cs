using System.Runtime.InteropServices;

namespace ChatHub.Benchmarks.Reports;

/// <summary>What a scenario has measured: every one ends with this, and it is all that its table, chart and results file are made of.</summary>
public sealed record Report
{
    /// <summary>Of its files.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>What was measured side by side: the columns.</summary>
    public required IReadOnlyList<string> Candidates { get; init; }

    public IReadOnlyList<Comparison> Comparisons { get; init; } = [];

    public required IReadOnlyList<Row> Rows { get; init; }

    public IReadOnlyList<Goal> Goals { get; init; } = [];

    /// <summary>How it was measured, and what was checked: a sentence or two each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public string Machine { get; init; } =
        $"{Environment.ProcessorCount} cores, driver included; {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}";

    /// <summary>The row of a group and measure, to take a goal's value from.</summary>
    public static Row Find(IEnumerable<Row> rows, string group, string measure) =>
        rows.Single(row => row.Group == group && row.Measure == measure);
}
