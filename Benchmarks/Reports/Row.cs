using System.Text.Json.Serialization;

namespace ChatHub.Benchmarks.Reports;

/// <summary>One measure of all candidates.</summary>
/// <param name="Group">What it was measured with, such as the messages in flight.</param>
/// <param name="Measure">Its name and unit.</param>
/// <param name="Format">Of its numbers in the table.</param>
/// <param name="Values">For each candidate one value a round; none where a candidate has no such measure.</param>
/// <param name="IsCharted">Whether the chart shows it.</param>
public sealed record Row(string Group, string Measure, string Format, IReadOnlyList<IReadOnlyList<double>> Values, bool IsCharted = true)
{
    [JsonIgnore]
    public string Title => Group == "" ? Measure : $"{Measure}, {Group}";

    public double Median(int candidate) => Statistics.Median(Values[candidate]);

    /// <summary>How many times one candidate has what the other has, in each round; empty unless both have values.</summary>
    public double[] Ratios(Comparison comparison) =>
        [.. Values[comparison.Of].Zip(Values[comparison.Against], (one, other) => one / other).Where(double.IsFinite)];

    /// <summary>Not a number where a round was too short for the other to have any.</summary>
    public double Ratio(Comparison comparison) => Ratios(comparison) is { Length: > 0 } ratios ? Statistics.Median(ratios) : double.NaN;
}
