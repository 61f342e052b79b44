using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Server.Hosting;

/// <summary>SignalR's user identifier is the opaque user id.</summary>
public sealed class UserIdProvider : IUserIdProvider
{
    public string? GetUserId(HubConnectionContext connection) => connection.User.FindFirstValue(Principals.IdClaim);
}
