using System.Diagnostics.Metrics;

namespace ChatHub.Server.Delivery;

/// <summary>The backplane's counters.</summary>
internal static class BackplaneMetrics
{
    private static readonly Meter Meter = new("ChatHub.Delivery");

    public static readonly Counter<long> Publishes = Meter.CreateCounter<long>(
        "chathub.backplane.publishes", description: "Events published to Redis");

    public static readonly Counter<long> Dropped = Meter.CreateCounter<long>(
        "chathub.backplane.dropped", description: "Events dropped because too many waited; their recipients resync");

    public static readonly Counter<long> Outages = Meter.CreateCounter<long>(
        "chathub.backplane.outages", description: "Times that the connection to Redis was lost");
}
