namespace ChatHub.Server.People;

internal static partial class DirectoryLog
{
    [LoggerMessage(7101, LogLevel.Information, "Import: {Lines} lines so far, {Users} users and {Follows} follows hold, {Failed} were refused")]
    public static partial void ImportProgress(ILogger logger, long lines, long users, long follows, long failed);

    [LoggerMessage(7102, LogLevel.Information, "Import complete: {Lines} lines, {Users} users and {Follows} follows hold, {Failed} were refused")]
    public static partial void ImportComplete(ILogger logger, long lines, long users, long follows, long failed);
}
