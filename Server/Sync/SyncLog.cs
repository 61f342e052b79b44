namespace ChatHub.Server.Sync;

internal static partial class SyncLog
{
    [LoggerMessage(5001, LogLevel.Warning, "Position broadcast failed; these users are retried in the next round, within 30 s")]
    public static partial void PositionFailed(ILogger logger, Exception e);
}
