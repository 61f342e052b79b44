using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Server.Hosting;

/// <summary>Counts each hub call against its user's limit.</summary>
public sealed class LimitFilter(RateLimits limits) : IHubFilter
{
    public ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        limits.Call(invocationContext.Context.UserIdentifier!);
        return next(invocationContext);
    }
}
