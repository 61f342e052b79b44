using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Server.Hubs;

/// <summary>The caller of a connection, resolved once when it connects. A feature, because the first of its items would cost a connection half a kilobyte.</summary>
public static class CallerContext
{
    public static void Remember(this HubCallerContext context, Caller caller) => context.Features.Set(caller);

    public static Caller Caller(this HubCallerContext context) => context.Features.Get<Caller>()!;
}
