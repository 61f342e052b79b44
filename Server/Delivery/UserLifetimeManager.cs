using ChatHub.Contracts;
using ChatHub.Server.Storage;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Server.Delivery;

/// <summary>
/// SignalR's own seam for routing. Differs from the stock manager in that connections are indexed by user, a message is
/// serialised once per protocol however many receive it, and a sender never waits for a receiver's socket.
/// Client results are not supported: no event of the contract asks for one.
/// </summary>
public sealed class UserLifetimeManager<THub>(
    LiveConnections connections, IDatabase database, ILogger<UserLifetimeManager<THub>> log) : HubLifetimeManager<THub>
    where THub : Hub
{
    private readonly ConnectionGroups _groups = new();

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        connections.Add(new LiveConnection(connection, PositionAt, log));
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        connections.Remove(connection.ConnectionId);
        _groups.RemoveFromAll(connection.ConnectionId);
        return Task.CompletedTask;
    }

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendTo(connections.All, methodName, args, []);

    public override Task SendAllExceptAsync(string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        SendTo(connections.All, methodName, args, excludedConnectionIds);

    public override Task SendConnectionAsync(string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendConnectionsAsync([connectionId], methodName, args, cancellationToken);

    public override Task SendConnectionsAsync(IReadOnlyList<string> connectionIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendTo(Found(connectionIds), methodName, args, []);

    public override Task SendUserAsync(string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendTo(connections.OfUser(userId), methodName, args, []);

    public override Task SendUsersAsync(IReadOnlyList<string> userIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendTo(userIds.Distinct().SelectMany(user => connections.OfUser(user)), methodName, args, []);

    public override Task SendGroupAsync(string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendTo(OfGroup(groupName), methodName, args, []);

    public override Task SendGroupsAsync(IReadOnlyList<string> groupNames, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendTo(groupNames.Distinct().SelectMany(OfGroup), methodName, args, []);

    public override Task SendGroupExceptAsync(string groupName, string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        SendTo(OfGroup(groupName), methodName, args, excludedConnectionIds);

    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        if (connections.Find(connectionId) is not null)
            _groups.Add(groupName, connectionId);
        return Task.CompletedTask;
    }

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        _groups.Remove(groupName, connectionId);
        return Task.CompletedTask;
    }

    private static Task SendTo(IEnumerable<LiveConnection> receivers, string methodName, object?[] args, IReadOnlyList<string> excluded)
    {
        var message = new SerializedHubMessage(new InvocationMessage(methodName, args));
        foreach (var live in receivers)
        {
            if (!excluded.Contains(live.Connection.ConnectionId))
                live.Send(message, version: 0);
        }

        return Task.CompletedTask;
    }

    private IEnumerable<LiveConnection> OfGroup(string groupName) => Found(_groups.Members(groupName));

    private IEnumerable<LiveConnection> Found(IEnumerable<string> connectionIds) =>
        connectionIds.Select(connections.Find).OfType<LiveConnection>();

    private SerializedHubMessage PositionAt(long version) => new(new InvocationMessage(
        nameof(IChatClient.Position), [new Position { Epoch = database.Epoch, Version = version }]));
}
