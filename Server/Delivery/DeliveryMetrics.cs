using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ChatHub.Server.Delivery;

/// <summary>What delivery and its backplane measure of themselves. Without a listener an instrument is one check of a flag.</summary>
internal static class DeliveryMetrics
{
    public const string Name = "ChatHub.Delivery";

    /// <summary>One for each publish to the other instances.</summary>
    public static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    public static readonly UpDownCounter<int> Connections = Meter.CreateUpDownCounter<int>(
        "chathub.hub.connections", "{connection}", "Connections that are open on this instance");

    public static readonly Counter<long> Pushes = Meter.CreateCounter<long>(
        "chathub.delivery.pushes", "{event}", "Events given to a connection");

    public static readonly Counter<long> Dropped = Meter.CreateCounter<long>(
        "chathub.delivery.dropped", "{event}", "Events that a slow connection did not get, because its queue was full");

    public static readonly Counter<long> Resyncs = Meter.CreateCounter<long>(
        "chathub.delivery.resyncs", "{connection}", "Connections whose queue was cut, and which got a Position to call Sync");

    public static readonly Counter<long> BackplanePublishes = Meter.CreateCounter<long>(
        "chathub.backplane.publishes", "{event}", "Events published to Redis");

    public static readonly Counter<long> BackplaneDropped = Meter.CreateCounter<long>(
        "chathub.backplane.dropped", "{event}", "Events dropped because too many waited; their recipients resync");

    public static readonly UpDownCounter<int> BackplaneUp = Meter.CreateUpDownCounter<int>(
        "chathub.backplane.up", "{session}", "1 while there is a session with Redis, 0 while this instance serves alone");

    public static readonly Counter<long> BackplaneOutages = Meter.CreateCounter<long>(
        "chathub.backplane.outages", "{outage}", "Times that the connection to Redis was lost");
}
