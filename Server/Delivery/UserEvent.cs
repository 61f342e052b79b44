using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Server.Delivery;

/// <summary>One event for one user.</summary>
/// <param name="UserId">The recipient: all of their live connections get it.</param>
/// <param name="Name">The event's name on the wire.</param>
/// <param name="Payload">A shape of the contract.</param>
/// <param name="Version">The recipient's version that it carries; null for what is not stored and may be dropped.</param>
/// <param name="ExceptConnectionId">The calling connection, which gets the same object as its response. It is on this instance.</param>
public sealed record UserEvent(string UserId, string Name, object Payload, long? Version, string? ExceptConnectionId)
{
    private SerializedHubMessage? _message;

    /// <summary>Made for the first local connection that gets it; serialised once for each protocol in use.</summary>
    internal SerializedHubMessage Message => _message ??= new(new InvocationMessage(Name, [Payload]));
}
