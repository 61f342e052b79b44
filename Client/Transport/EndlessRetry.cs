using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatHub.Client.Transport;

/// <summary>
/// Reconnects for ever, each wait drawn at random from a span that doubles up to half a minute: after a server's restart
/// its clients must not all come back at the same moment. Only a refused token ends it: the same one would be refused again.
/// </summary>
internal sealed class EndlessRetry : IRetryPolicy
{
    private const double FirstSeconds = 1;
    private const double LongestSeconds = 30;

    public TimeSpan? NextRetryDelay(RetryContext retryContext)
    {
        if (retryContext.RetryReason is ChatHubException { Code: ErrorCodes.Unauthenticated })
            return null;

        var span = Math.Min(LongestSeconds, FirstSeconds * Math.Pow(2, retryContext.PreviousRetryCount));
        var wait = TimeSpan.FromSeconds(Random.Shared.NextDouble() * span);
        return retryContext.RetryReason is ChatHubException { RetryAfter: { } asked } ? asked + wait : wait;
    }
}
