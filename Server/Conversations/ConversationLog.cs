namespace ChatHub.Server.Conversations;

internal static partial class ConversationLog
{
    [LoggerMessage(6001, LogLevel.Warning, "Presence could not be announced")]
    public static partial void PresenceFailed(ILogger logger, Exception e);
}
