namespace ChatHub.Server.Storage.SqlServer;

/// <summary>
/// How long statements may take, innermost first: a wait for the application lock ends before LOCK_TIMEOUT does, and that
/// before the client's time-out. So the server says what was waited for, and the connection stays good.
/// </summary>
/// <param name="CommandSeconds">The client's time-out.</param>
internal readonly record struct TimeLimits(int CommandSeconds)
{
    /// <summary>Of a command or a query, where the connection string has no <c>Command Timeout</c>.</summary>
    public static TimeLimits Default => new(15);

    /// <summary>Of migrations, and of those who wait for another instance's.</summary>
    public static TimeLimits Migration => new(600);

    /// <summary>Of ALTER DATABASE and CREATE DATABASE.</summary>
    public static TimeLimits Database => new(60);

    public int LockMilliseconds => CommandSeconds * 1_000 * 2 / 3;

    public int ApplicationLockMilliseconds => CommandSeconds * 1_000 / 3;
}
