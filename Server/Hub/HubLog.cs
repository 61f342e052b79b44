namespace ChatHub.Server.Hubs;

internal static partial class HubLog
{
    [LoggerMessage(2001, LogLevel.Error, "{Method} failed (trace {TraceId})")]
    public static partial void CallFailed(ILogger logger, Exception e, string method, string traceId);

    [LoggerMessage(2002, LogLevel.Error, "{HttpMethod} {Path} failed (trace {TraceId})")]
    public static partial void RequestFailed(ILogger logger, Exception e, string httpMethod, string path, string traceId);
}
