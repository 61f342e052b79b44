namespace ChatHub.Server.Hubs;

internal static partial class HubLog
{
    [LoggerMessage(2001, LogLevel.Error, "{Method} failed (trace {TraceId})")]
    public static partial void CallFailed(ILogger logger, Exception e, string method, string traceId);
}
