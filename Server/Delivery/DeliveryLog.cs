namespace ChatHub.Server.Delivery;

internal static partial class DeliveryLog
{
    [LoggerMessage(4001, LogLevel.Information, "Connection {ConnectionId} reads too slowly: its {Count} waiting events were cut, and it is told its position")]
    public static partial void QueueCut(ILogger logger, string connectionId, int count);

    [LoggerMessage(4002, LogLevel.Warning, "Writing to connection {ConnectionId} failed; it is closed")]
    public static partial void WriteFailed(ILogger logger, Exception e, string connectionId);
}
