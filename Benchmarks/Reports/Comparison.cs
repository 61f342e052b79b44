namespace ChatHub.Benchmarks.Reports;

/// <summary>Two candidates of a report, by their places: the one is divided by the other.</summary>
public readonly record struct Comparison(int Of, int Against);
