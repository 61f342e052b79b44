using System.Diagnostics;
using ChatHub.Contracts;
using ChatHub.Server.Storage;
using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Server.Hubs;

/// <summary>Maps a <see cref="ChatHubException"/> to the contract's error, and anything unexpected into internal_error with a trace id.</summary>
public sealed class ErrorFilter(ILogger<ErrorFilter> log) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (ChatHubException e)
        {
            throw new HubException(e.ToWire());
        }
        catch (StorageUnavailableException)
        {
            // Logged where it was noticed, once for all callers.
            throw new HubException(Errors.StorageUnavailable().ToWire());
        }
        catch (OperationCanceledException) when (invocationContext.Context.ConnectionAborted.IsCancellationRequested)
        {
            // The caller has disconnected: no connection would read the result.
            throw;
        }
        catch (Exception e)
        {
            var traceId = Activity.Current?.TraceId.ToString() ?? invocationContext.Context.ConnectionId;
            HubLog.CallFailed(log, e, invocationContext.HubMethodName, traceId);
            throw new HubException(new ChatHubException(ErrorCodes.InternalError, $"Something went wrong (trace {traceId}).").ToWire());
        }
    }

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        try
        {
            await next(context);
        }
        catch (ChatHubException e)
        {
            throw new HubException(e.ToWire());
        }
    }
}
