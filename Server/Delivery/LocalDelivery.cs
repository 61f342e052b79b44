using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Server.Delivery;

/// <summary>Delivery within this process.</summary>
public sealed class LocalDelivery(LiveConnections connections) : IDelivery
{
    public void Deliver(UserEvent e)
    {
        SerializedHubMessage? message = null;
        foreach (var live in connections.OfUser(e.UserId))
        {
            if (live.Connection.ConnectionId == e.ExceptConnectionId)
                continue;
            message ??= new SerializedHubMessage(new InvocationMessage(e.Name, [e.Payload]));
            live.Send(message, e.Version);
        }
    }
}
