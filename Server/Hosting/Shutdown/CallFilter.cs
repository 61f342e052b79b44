using ChatHub.Server.Delivery;
using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Server.Hosting.Shutdown;

/// <summary>Lets each call through its connection's gate. A call that comes too late is not carried out: its client sees the
/// connection end, as with any other loss, and makes it again elsewhere.</summary>
public sealed class CallFilter(LiveConnections connections) : IHubFilter
{
    public ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var gate = connections.Find(invocationContext.Context.ConnectionId)?.Calls;
        return gate is null || invocationContext.ServiceProvider.GetRequiredService<OpenCall>().TryEnter(gate)
            ? next(invocationContext)
            : WaitForTheEndAsync(invocationContext.Context.ConnectionAborted);
    }

    private static async ValueTask<object?> WaitForTheEndAsync(CancellationToken aborted)
    {
        await Task.Delay(Timeout.Infinite, aborted);
        return null;
    }
}
