using ChatHub.Client;
using ChatHub.Contracts;

namespace ChatHub.Terminal.Session;

/// <summary>On whose behalf commands call the server.</summary>
internal interface IChatUser
{
    /// <exception cref="ChatHubException">Nobody is signed in.</exception>
    HubCalls Hub(CancellationToken cancellationToken);
}
