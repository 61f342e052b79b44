using System.Text.Json.Serialization;

namespace ChatHub.Benchmarks.Reports;

/// <summary>What a run should reach, and what it reached.</summary>
/// <param name="What">Is measured.</param>
/// <param name="Value">Reached.</param>
/// <param name="Limit">To reach.</param>
/// <param name="IsMinimum">Whether the value must be at least the limit, and not at most.</param>
public sealed record Goal(string What, double Value, double Limit, bool IsMinimum)
{
    public bool IsMet => IsMinimum ? Value >= Limit : Value <= Limit;

    [JsonIgnore]
    public string Verdict => IsMet ? "met" : "**missed**";

    /// <summary>"at most 1.1".</summary>
    [JsonIgnore]
    public string Wanted => $"{(IsMinimum ? "at least" : "at most")} {Limit:#,0.###}";

    public static Goal AtLeast(string what, double value, double limit) => new(what, value, limit, IsMinimum: true);

    public static Goal AtMost(string what, double value, double limit) => new(what, value, limit, IsMinimum: false);
}
