using ChatHub.Contracts;
using ChatHub.Server.Delivery;
using ChatHub.Server.Hosting.Load;
using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Server.Hosting;

/// <summary>Counts each frame of a connection against its user's limit, and each message against its sender's in one chat.</summary>
public sealed class LimitFilter(RateLimits limits, LiveConnections connections, TimeProvider time) : IHubFilter
{
    // What is longer is no id of ours, and must not become a key.
    private const int IdMax = 64;

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        // Before its first frame is read.
        if (connections.Find(context.Context.ConnectionId)?.Connection is { } connection)
            connection.Protocol = new MeteredHubProtocol(connection.Protocol, connection, limits, time);
        return next(context);
    }

    public ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (invocationContext.HubMethodArguments is [SendMessageInput { ConversationId: { Length: <= IdMax } conversation }])
            limits.Message(invocationContext.Context.UserIdentifier!, conversation);
        return next(invocationContext);
    }
}
