namespace ChatHub.Server.Delivery;

internal static partial class DeliveryLog
{
    [LoggerMessage(4001, LogLevel.Information, "Connection {ConnectionId} reads too slowly: its {Count} waiting events were cut, and it is told its position")]
    public static partial void QueueCut(ILogger logger, string connectionId, int count);

    [LoggerMessage(4002, LogLevel.Warning, "Writing to connection {ConnectionId} failed; it is closed")]
    public static partial void WriteFailed(ILogger logger, Exception e, string connectionId);

    [LoggerMessage(4003, LogLevel.Information, "The backplane is there: events of other instances arrive")]
    public static partial void BackplaneUp(ILogger logger);

    [LoggerMessage(4004, LogLevel.Warning, "The backplane is gone: this instance serves alone until it is back; nothing stored is lost")]
    public static partial void BackplaneDown(ILogger logger);

    [LoggerMessage(4005, LogLevel.Warning, "Redis cannot be reached ({Reason}): this instance serves alone and goes on trying")]
    public static partial void BackplaneUnreachable(ILogger logger, string reason);

    [LoggerMessage(4006, LogLevel.Warning, "Instance {Instance} is gone: it was not heard any more")]
    public static partial void PeerLost(ILogger logger, string instance);

    [LoggerMessage(4007, LogLevel.Warning, "A message on {Channel} could not be read")]
    public static partial void BadMessage(ILogger logger, Exception e, string channel);

    [LoggerMessage(4008, LogLevel.Debug, "Redis did not answer in time")]
    public static partial void PulseMissed(ILogger logger);
}
