using System.Globalization;
using System.Security.Claims;
using ChatHub.Server.Changes;
using ChatHub.Server.Storage;
using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Server.Hubs;

/// <summary>Who is behind a principal and a connection.</summary>
public static class CallerContext
{
    /// <summary>The token's user id.</summary>
    public const string IdClaim = "sub";

    /// <summary>The database's key, added when the token is accepted; never part of a token.</summary>
    public const string KeyClaim = "chathub:key";

    private static readonly object CallerItem = new();

    public static UserRef Ref(this ClaimsPrincipal principal) => new(
        long.Parse(principal.FindFirstValue(KeyClaim)!, CultureInfo.InvariantCulture),
        principal.FindFirstValue(IdClaim)!);

    public static void Remember(this HubCallerContext context, Caller caller) => context.Items[CallerItem] = caller;

    public static Caller Caller(this HubCallerContext context) => (Caller)context.Items[CallerItem]!;
}

/// <summary>SignalR's user identifier is the opaque user id.</summary>
public sealed class UserIdProvider : IUserIdProvider
{
    public string? GetUserId(HubConnectionContext connection) => connection.User.FindFirstValue(CallerContext.IdClaim);
}
