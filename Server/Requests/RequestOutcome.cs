using ChatHub.Server.Requests.Hooks;

namespace ChatHub.Server.Requests;

/// <summary>
/// How a command on requests ended: with its response, at an expired request that is in its way, or at a hook of the host's that has
/// not been asked.
/// </summary>
/// <typeparam name="T">The response.</typeparam>
/// <param name="Response">The response; null where the command wrote nothing and has to run again.</param>
/// <param name="BlockedBy">The request that has to be written as expired first; without meaning beside a response or a hook.</param>
/// <param name="Missing">The hook that has to be asked first.</param>
public readonly record struct RequestOutcome<T>(T? Response, ExpiredRequest BlockedBy, Hook Missing)
    where T : class
{
    public static implicit operator RequestOutcome<T>(T response) => new(response, default, Hook.None);

    public static implicit operator RequestOutcome<T>(ExpiredRequest expired) => new(null, expired, Hook.None);

    public static implicit operator RequestOutcome<T>(Hook missing) => new(null, default, missing);
}
