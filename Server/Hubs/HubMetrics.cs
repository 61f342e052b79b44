using System.Diagnostics.Metrics;

namespace ChatHub.Server.Hubs;

/// <summary>What the hub measures of its calls.</summary>
internal static class HubMetrics
{
    private static readonly Meter Meter = new("ChatHub.Hub");

    public static readonly Histogram<double> CallDuration = Meter.CreateHistogram<double>(
        "chathub.hub.call.duration", "s", "Calls of hub methods, by method and by the code of their refusal",
        advice: new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });
}
