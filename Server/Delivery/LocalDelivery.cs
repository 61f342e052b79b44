using System.Collections.Immutable;
using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Server.Delivery;

/// <summary>Delivery within this process.</summary>
public sealed class LocalDelivery(LiveConnections connections)
{
    private readonly ConnectionGroups _groups = new();

    /// <returns>All connections of the user, the excepted one included: no other way may bring them this event again.</returns>
    public ImmutableArray<LiveConnection> Deliver(UserEvent e)
    {
        var all = connections.OfUser(e.UserId);
        foreach (var live in all)
        {
            if (live.Id != e.ExceptConnectionId)
                live.Send(e.Message, e.Version);
        }

        return all;
    }

    public void Send(Audience audience, SerializedHubMessage message)
    {
        foreach (var live in Receivers(audience))
        {
            if (!audience.Except.Contains(live.Id))
                live.Send(message, version: 0);
        }
    }

    /// <summary>Adds a connection to the group or removes it, if it is here.</summary>
    public void ChangeGroup(string connectionId, string group, bool isMember)
    {
        if (connections.Find(connectionId) is not null)
            _groups.Change(group, connectionId, isMember);
    }

    public IReadOnlyList<string> GroupsOf(string connectionId) => _groups.Of(connectionId);

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
