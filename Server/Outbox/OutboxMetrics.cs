using System.Diagnostics.Metrics;

namespace ChatHub.Server.Outbox;

/// <summary>What waits in the outbox. All instances read the same table, so that their values are not to be added up.</summary>
internal static class OutboxMetrics
{
    private static readonly Meter Meter = new("ChatHub.Outbox");

    private static readonly Gauge<long> Depth = Meter.CreateGauge<long>(
        "chathub.outbox.depth", "{entry}", "Entries that are not delivered yet");

    private static readonly Gauge<double> Lag = Meter.CreateGauge<double>(
        "chathub.outbox.lag", "s", "How long the oldest entry that is not delivered has waited");

    private static readonly Gauge<long> DeadLetters = Meter.CreateGauge<long>(
        "chathub.outbox.dead_letters", "{entry}", "Entries that were given up");

    /// <summary>Whether the values go anywhere, and reading them is worth a query.</summary>
    public static bool IsEnabled => Depth.Enabled || Lag.Enabled || DeadLetters.Enabled;

    public static void Record(OutboxBacklog backlog)
    {
        Depth.Record(backlog.Depth);
        Lag.Record(backlog.Lag.TotalSeconds);
        DeadLetters.Record(backlog.DeadLetters);
    }
}
