namespace ChatHub.Server.Delivery;

internal static partial class DeliveryLog
{
    [LoggerMessage(4001, LogLevel.Information, "Backpressure: connection {ConnectionId} reads too slowly; its {Count} queued events were dropped and it gets its position to resync")]
    public static partial void QueueCut(ILogger logger, string connectionId, int count);

    [LoggerMessage(4002, LogLevel.Warning, "Writing to connection {ConnectionId} failed; it is closed")]
    public static partial void WriteFailed(ILogger logger, Exception e, string connectionId);

    [LoggerMessage(4003, LogLevel.Information, "Redis backplane connected as instance {Instance}: events of other instances arrive")]
    public static partial void BackplaneUp(ILogger logger, string instance);

    [LoggerMessage(4004, LogLevel.Warning, "Redis backplane connection lost ({Reason}): degraded, this instance serves alone and retries; nothing stored is lost")]
    public static partial void BackplaneDown(ILogger logger, string reason);

    [LoggerMessage(4005, LogLevel.Warning, "Redis cannot be reached ({Reason}): degraded, this instance serves alone and retries")]
    public static partial void BackplaneUnreachable(ILogger logger, string reason);

    [LoggerMessage(4006, LogLevel.Information, "Instance {Instance} is gone, it left or its lease timed out without a heartbeat: its users go offline unless they reconnect, connections here resync")]
    public static partial void InstanceLost(ILogger logger, string instance);

    [LoggerMessage(4007, LogLevel.Warning, "A message on the Redis control channel could not be read and is dropped")]
    public static partial void BadMessage(ILogger logger, Exception e);

    [LoggerMessage(4008, LogLevel.Debug, "Redis ping timeout")]
    public static partial void PingTimeout(ILogger logger);

    [LoggerMessage(4009, LogLevel.Warning, "Backpressure: {Count} events for other instances were dropped, their connections resync")]
    public static partial void PublishesDropped(ILogger logger, long count);
}
