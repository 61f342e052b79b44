using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Server.Delivery;

/// <summary>One event for one user.</summary>
/// <param name="UserId">Whose live connections get it.</param>
/// <param name="Name">The event's name on the wire.</param>
/// <param name="Payload">A shape of the contract.</param>
/// <param name="Version">The receiver's version it carries; null for what is not stored and may be dropped.</param>
/// <param name="ExceptConnectionId">The calling connection, which gets the same object as its answer.</param>
public sealed record UserEvent(string UserId, string Name, object Payload, long? Version, string? ExceptConnectionId)
{
    private SerializedHubMessage? _message;

    /// <summary>Made when somebody is there to get it; serialised once for each protocol, however many and wherever they are.</summary>
    internal SerializedHubMessage Message => _message ??= new(new InvocationMessage(Name, [Payload]));
}

/// <summary>Takes events to whoever is looking. Never blocks, never throws for a receiver's sake, keeps each user's order.</summary>
public interface IDelivery
{
    void Deliver(UserEvent e);
}

/// <summary>Local connections first; then the other instances.</summary>
public sealed class Delivery(LocalDelivery local, IBackplane backplane) : IDelivery
{
    public void Deliver(UserEvent e)
    {
        local.Deliver(e);
        backplane.Deliver(e);
    }
}
