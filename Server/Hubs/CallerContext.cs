using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Server.Hubs;

/// <summary>The caller of a connection, resolved once when it connects.</summary>
public static class CallerContext
{
    private static readonly object CallerItem = new();

    public static void Remember(this HubCallerContext context, Caller caller) => context.Items[CallerItem] = caller;

    public static Caller Caller(this HubCallerContext context) => (Caller)context.Items[CallerItem]!;
}
