using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatHub.Client.Transport;

/// <summary>Reconnects indefinitely. Only a refused token stops it: the same token would be refused again.</summary>
internal sealed class InfiniteRetryPolicy(ConnectionBackoff backoff) : IRetryPolicy
{
    public TimeSpan? NextRetryDelay(RetryContext retryContext) => retryContext.RetryReason switch
    {
        ChatHubException { Code: ErrorCodes.Unauthenticated } => null,
        var failure => backoff.NextAfter(failure),
    };
}
