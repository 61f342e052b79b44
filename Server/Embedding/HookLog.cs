namespace ChatHub.Server.Embedding;

internal static partial class HookLog
{
    [LoggerMessage(7201, LogLevel.Warning, "The host's {Hook} failed or timed out: contacts that depend on it are unavailable, new users are not signed in. Logged once a minute")]
    public static partial void HookFailed(ILogger logger, Exception e, string hook);
}
