namespace ChatHub.Server.People.Accounts;

internal static partial class AccountLog
{
    [LoggerMessage(7001, LogLevel.Warning, "Ended sessions could not be read; the next round tries again")]
    public static partial void WatchFailed(ILogger logger, Exception e);
}
