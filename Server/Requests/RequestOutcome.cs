namespace ChatHub.Server.Requests;

/// <summary>How a command on requests ended: with its response, or at an expired request that is in its way.</summary>
/// <typeparam name="T">The response.</typeparam>
/// <param name="Response">The response; null where the command wrote nothing and has to run again.</param>
/// <param name="BlockedBy">The request that has to be written as expired first; without meaning beside a response.</param>
public readonly record struct RequestOutcome<T>(T? Response, ExpiredRequest BlockedBy)
    where T : class
{
    public static implicit operator RequestOutcome<T>(T response) => new(response, default);

    public static implicit operator RequestOutcome<T>(ExpiredRequest expired) => new(null, expired);
}
