namespace ChatHub.Server.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(1001, LogLevel.Information, "ChatHub is ready: {Addresses} (hub at {HubPath}, database {Database})")]
    public static partial void Ready(ILogger logger, string addresses, string hubPath, string database);

    [LoggerMessage(1002, LogLevel.Warning, "The sweep of {Step} failed; the next one tries again")]
    public static partial void SweepFailed(ILogger logger, string step, Exception e);

    [LoggerMessage(1003, LogLevel.Critical, "ChatHub cannot start: {Reason}")]
    public static partial void CannotStart(ILogger logger, string reason);

    [LoggerMessage(1004, LogLevel.Error, "{HttpMethod} {Path} failed (trace {TraceId})")]
    public static partial void RequestFailed(ILogger logger, Exception e, string httpMethod, string path, string traceId);

    [LoggerMessage(1005, LogLevel.Information, "The database's epoch is now {Epoch}: every client drops its state and does a full resync")]
    public static partial void EpochRenewed(ILogger logger, string epoch);

    [LoggerMessage(1006, LogLevel.Information, "Draining {Connections} connections within {Seconds} s; new ones are refused")]
    public static partial void Draining(ILogger logger, int connections, double seconds);

    [LoggerMessage(1007, LogLevel.Information, "Drained: {Connections} connections are left and are closed")]
    public static partial void Drained(ILogger logger, int connections);

    [LoggerMessage(1008, LogLevel.Warning, "Sqlite with Redis is for several processes on one machine that share one database file. Instances on several machines share SqlServer")]
    public static partial void OneMachine(ILogger logger);

    [LoggerMessage(1009, LogLevel.Warning, "X-Forwarded-For is ignored: Http:KnownProxies is empty, so that limits count all clients of a proxy as one address")]
    public static partial void ForwardedByUnknownProxy(ILogger logger);

    [LoggerMessage(1010, LogLevel.Information, "{Username} has the role moderator")]
    public static partial void ModeratorGranted(ILogger logger, string username);

    [LoggerMessage(1011, LogLevel.Information, "{Username} no longer has the role moderator")]
    public static partial void ModeratorRevoked(ILogger logger, string username);

    [LoggerMessage(1014, LogLevel.Warning, "The setting {Key} is not known and does nothing: is it misspelt?")]
    public static partial void UnknownSetting(ILogger logger, string key);

    [LoggerMessage(1015, LogLevel.Warning, "A token was refused: it is valid from {NotBefore} on, and this machine's clock reads {Now}. Compare the clocks of the issuer and this machine")]
    public static partial void TokenFromTheFuture(ILogger logger, string notBefore, string now);

    [LoggerMessage(1016, LogLevel.Information, "A token was refused: it expired at {Expired}, and this machine's clock reads {Now}. If all are refused, compare the clocks of the issuer and this machine")]
    public static partial void TokenExpired(ILogger logger, string expired, string now);

    [LoggerMessage(1021, LogLevel.Information, "Metrics are served at {Address}")]
    public static partial void MetricsServed(ILogger logger, string address);

    [LoggerMessage(1013, LogLevel.Error, "The stop failed")]
    public static partial void StopFailed(ILogger logger, Exception e);

    [LoggerMessage(1012, LogLevel.Debug, "The start failed")]
    public static partial void StartFailed(ILogger logger, Exception e);
}
