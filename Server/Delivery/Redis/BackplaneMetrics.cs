using System.Diagnostics.Metrics;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>What the backplane counts.</summary>
internal static class BackplaneMetrics
{
    private static readonly Meter Meter = new("ChatHub.Delivery");

    public static readonly Counter<long> Publishes = Meter.CreateCounter<long>(
        "chathub.backplane.publishes", description: "Messages published to Redis, each of one or more frames");

    public static readonly Counter<long> Dropped = Meter.CreateCounter<long>(
        "chathub.backplane.dropped", description: "Frames dropped because too much waited; their receivers are told their positions");

    public static readonly Counter<long> Outages = Meter.CreateCounter<long>(
        "chathub.backplane.outages", description: "Times that Redis was lost");
}
