namespace ChatHub.Server.Hosting.Issuer;

internal static partial class IssuerLog
{
    [LoggerMessage(1030, LogLevel.Warning, "The issuer {Authority} cannot be read ({Reason}); retrying, and {Consequence}")]
    public static partial void Away(ILogger logger, string authority, string reason, string consequence);

    [LoggerMessage(1031, LogLevel.Information, "The issuer {Authority} is read again")]
    public static partial void Back(ILogger logger, string authority);
}
