using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Server.Delivery;

/// <summary>Delivery within this process.</summary>
public sealed class LocalDelivery(LiveConnections connections) : IDelivery
{
    private readonly ConnectionGroups _groups = new();

    public void Deliver(UserEvent e)
    {
        foreach (var live in connections.OfUser(e.UserId))
        {
            if (live.Connection.ConnectionId != e.ExceptConnectionId)
                live.Send(e.Message, e.Version);
        }
    }

    /// <summary>An event that another instance has serialised.</summary>
    public void Deliver(string userId, SerializedHubMessage message, long? version, string? exceptConnectionId)
    {
        foreach (var live in connections.OfUser(userId))
        {
            if (live.Connection.ConnectionId != exceptConnectionId)
                live.Send(message, version);
        }
    }

    public void Send(Audience audience, SerializedHubMessage message)
    {
        foreach (var live in Receivers(audience))
        {
            if (!audience.Except.Contains(live.Connection.ConnectionId))
                live.Send(message, version: 0);
        }
    }

    /// <summary>Whether the connection is here, and so was put into the group or taken out of it.</summary>
    public bool ChangeGroup(string connectionId, string group, bool isMember)
    {
        if (connections.Find(connectionId) is null)
            return false;
        _groups.Change(group, connectionId, isMember);
        return true;
    }

    public void LeaveGroups(string connectionId) => _groups.RemoveFromAll(connectionId);

    /// <summary>Closes all connections of a user.</summary>
    public void Close(string userId)
    {
        foreach (var live in connections.OfUser(userId))
            live.Connection.Abort();
    }

    private IEnumerable<LiveConnection> Receivers(Audience audience) => audience.Kind switch
    {
        AudienceKind.Connections => Found(audience.Names),
        AudienceKind.Users => audience.Names.Distinct().SelectMany(user => connections.OfUser(user)),
        AudienceKind.Groups => audience.Names.Distinct().SelectMany(group => Found(_groups.Members(group))),
        _ => connections.All,
    };

    private IEnumerable<LiveConnection> Found(IEnumerable<string> connectionIds) =>
        connectionIds.Select(connections.Find).OfType<LiveConnection>();
}
