using ChatHub.Server.Delivery;
using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Server.Hosting.Shutdown;

/// <summary>Lets each call enter its connection's <see cref="CallGate"/>. A call after the gate was shut is not executed: its client
/// sees the connection end, as with any other loss, and retries on another instance.</summary>
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
