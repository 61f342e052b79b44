namespace ChatHub.Server.Sync;

internal static partial class SyncLog
{
    [LoggerMessage(5001, LogLevel.Warning, "Positions could not be told; they are in the next round")]
    public static partial void PositionFailed(ILogger logger, Exception e);
}
