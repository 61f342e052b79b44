using ChatHub.Client;

namespace ChatHub.Terminal.Config;

/// <summary>Signing in with an access token, of an external issuer for example: the server names the user.</summary>
internal static class TokenSignIn
{
    /// <exception cref="Contracts.ChatHubException"><c>unauthenticated</c>: the server refuses the token.</exception>
    /// <exception cref="ChatHubUnreachableException">The server cannot be reached.</exception>
    public static async Task<Contracts.Session> SessionOfAsync(Uri server, string token, CancellationToken cancellationToken)
    {
        await using var client = new ChatHubClient(new() { ServerAddress = server, AccessTokenProvider = _ => ValueTask.FromResult<string?>(token) });
        await client.ConnectAsync(cancellationToken);
        var me = await client.Hub.WithCancellation(cancellationToken).GetMe(new());
        return new() { User = me.User, AccessToken = token, ExpiresAt = DateTimeOffset.MaxValue };
    }
}
