using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatHub.Benchmarks.Reports;

/// <summary>The newest results of each scenario: for each one its numbers as JSON and its chart as SVG.</summary>
public sealed class ResultsFolder(string path)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        IndentSize = 1,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Write(Report report)
    {
        Directory.CreateDirectory(path);
        File.WriteAllText(FileOf(report.Name, "json"), JsonSerializer.Serialize(Rounded(report), Options) + "\n");
        File.WriteAllText(FileOf(report.Name, "svg"), ChartWriter.Write(report));
    }

    /// <returns>Null if the scenario has no results yet.</returns>
    public Report? Read(string name) => File.Exists(FileOf(name, "json"))
        ? JsonSerializer.Deserialize<Report>(File.ReadAllText(FileOf(name, "json")), Options)
        : null;

    public string FileOf(string name, string extension) => Path.Combine(path, $"{name}.{extension}");

    /// <summary>More digits than five mean nothing.</summary>
    private static Report Rounded(Report report) => report with
    {
        Rows = [.. report.Rows.Select(row => row with { Values = [.. row.Values.Select(values => (double[])[.. values.Select(Round)])] })],
        Goals = [.. report.Goals.Select(goal => goal with { Value = Round(goal.Value) })],
    };

    private static double Round(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 4);
        return unit >= 1 ? Math.Round(value / unit) * unit : Math.Round(value, (int)Math.Round(-Math.Log10(unit)));
    }
}
