namespace ChatHub.Server.Storage;

internal static partial class StorageLog
{
    [LoggerMessage(3001, LogLevel.Information, "Database {Path}: applied {Migrations}")]
    public static partial void Migrated(ILogger logger, string path, string migrations);

    [LoggerMessage(3002, LogLevel.Error, "A group of {Count} commands could not be committed")]
    public static partial void CommitFailed(ILogger logger, Exception e, int count);

    [LoggerMessage(3003, LogLevel.Error, "Delivery after a commit failed; clients catch up by Sync")]
    public static partial void AfterCommitFailed(ILogger logger, Exception e);

    [LoggerMessage(3004, LogLevel.Information, "Database {Database} created on {Server}")]
    public static partial void Created(ILogger logger, string database, string server);

    [LoggerMessage(3005, LogLevel.Warning, "Database {Database} on {Server} cannot be used yet: {Reason}")]
    public static partial void NotYet(ILogger logger, string database, string server, string reason);

    [LoggerMessage(3006, LogLevel.Warning, "Database {Database} has READ_COMMITTED_SNAPSHOT off: reads wait for writes. While nothing else is connected, run: {Command}. {Reason}")]
    public static partial void NotVersioned(ILogger logger, string database, string command, string reason);

    [LoggerMessage(3010, LogLevel.Error, "The database cannot be written, and callers get unavailable: {Reason}")]
    public static partial void Unavailable(ILogger logger, string reason);

    [LoggerMessage(3011, LogLevel.Critical, "The database file is damaged, and callers who need the damaged part get unavailable: {Reason} Restore a backup, or recover what can be read into a new file")]
    public static partial void Damaged(ILogger logger, string reason);
}
