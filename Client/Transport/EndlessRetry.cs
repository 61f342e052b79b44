using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatHub.Client.Transport;

/// <summary>Reconnects for ever. Only a refused token ends it: the same one would be refused again.</summary>
internal sealed class EndlessRetry(Backoff backoff) : IRetryPolicy
{
    public TimeSpan? NextRetryDelay(RetryContext retryContext) => retryContext.RetryReason switch
    {
        ChatHubException { Code: ErrorCodes.Unauthenticated } => null,
        var failure => backoff.NextAfter(failure, retryContext.PreviousRetryCount),
    };
}
