namespace ChatHub.Server.Outbox;

internal static partial class OutboxLog
{
    [LoggerMessage(8001, LogLevel.Warning, "{Channel} cannot be delivered to, and is tried again: {Reason}")]
    public static partial void DeliveryFailed(ILogger logger, string channel, string reason);

    [LoggerMessage(8002, LogLevel.Error, "{Channel}: {EventName} {EntryId} was given up after {Attempts} attempts and is a dead letter: {Reason}")]
    public static partial void DeadLetter(ILogger logger, string channel, string eventName, string entryId, int attempts, string reason);

    [LoggerMessage(8003, LogLevel.Warning, "The outbox could not be read or written; retried in a moment")]
    public static partial void PassFailed(ILogger logger, Exception e);

    [LoggerMessage(8004, LogLevel.Information, "This instance has the lease of the outbox")]
    public static partial void LeaseTaken(ILogger logger);

    [LoggerMessage(8005, LogLevel.Information, "This instance lost the lease of the outbox; another one delivers")]
    public static partial void LeaseLost(ILogger logger);

    [LoggerMessage(8006, LogLevel.Error, "{Count} entries are dead letters: their webhook is no longer configured")]
    public static partial void Orphaned(ILogger logger, int count);

    [LoggerMessage(8007, LogLevel.Information, "{Count} dead letters will be sent again")]
    public static partial void Resent(ILogger logger, int count);

    [LoggerMessage(8008, LogLevel.Warning, "The push service {Host} refused a message, which is dropped: {Reason}")]
    public static partial void PushRefused(ILogger logger, string host, string reason);
}
