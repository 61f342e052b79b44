namespace ChatHub.Benchmarks;

/// <summary>The few numbers that a table shows of many.</summary>
public static class Statistics
{
    public static double Median(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The smallest value that at least <paramref name="share"/> of all values do not exceed (nearest rank).</summary>
    public static double Percentile(IReadOnlyCollection<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    /// <summary>"median (least..most)".</summary>
    public static string Spread(IReadOnlyCollection<double> values, string format) =>
        $"{Median(values).ToString(format)} ({values.Min().ToString(format)}..{values.Max().ToString(format)})";
}
