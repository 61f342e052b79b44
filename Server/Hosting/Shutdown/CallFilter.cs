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

/// <summary>One hub call, until its answer is written: after that, and not before, SignalR disposes the call's scope.</summary>
public sealed class OpenCall : IDisposable
{
    private CallGate? _gate;

    public bool TryEnter(CallGate gate)
    {
        if (!gate.TryEnter())
            return false;
        _gate = gate;
        return true;
    }

    public void Dispose() => _gate?.Leave();
}
