using ChatHub.Contracts;
using ChatHub.Server.Storage;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Server.Delivery;

/// <summary>
/// SignalR's own extension point for routing. Differs from the stock manager in that connections are indexed by user, a
/// message is serialised once per protocol however many receive it, and a sender never waits for a receiver's socket.
/// Client results are not supported: no event of the contract needs one.
/// </summary>
public sealed class UserLifetimeManager<THub>(
    LiveConnections connections, LocalDelivery local, IBackplane backplane, IDatabase database, ILogger<UserLifetimeManager<THub>> log)
    : HubLifetimeManager<THub>
    where THub : Hub
{
    // One for all connections.
    private readonly Func<long, SerializedHubMessage> _positionAt = version => new(new InvocationMessage(
        nameof(IChatClient.Position), [new Position { Epoch = database.Epoch, Version = version }]));

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        var live = new LiveConnection(connection, _positionAt, log);
        connections.Add(live);
        backplane.Join(live);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (connections.Find(connection.ConnectionId) is not { } live)
            return Task.CompletedTask;
        connections.Remove(live.Id);
        local.LeaveGroups(live.Id);
        backplane.Leave(live);
        return Task.CompletedTask;
    }

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendTo(Audience.All(), methodName, args);

    public override Task SendAllExceptAsync(string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        SendTo(Audience.All(excludedConnectionIds), methodName, args);

    public override Task SendConnectionAsync(string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendTo(Audience.Connections(connectionId), methodName, args);

    public override Task SendConnectionsAsync(IReadOnlyList<string> connectionIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendTo(Audience.Connections(connectionIds), methodName, args);

    public override Task SendUserAsync(string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendTo(Audience.Users(userId), methodName, args);

    public override Task SendUsersAsync(IReadOnlyList<string> userIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendTo(Audience.Users(userIds), methodName, args);

    public override Task SendGroupAsync(string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendTo(Audience.Groups(groupName), methodName, args);

    public override Task SendGroupsAsync(IReadOnlyList<string> groupNames, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendTo(Audience.Groups(groupNames), methodName, args);

    public override Task SendGroupExceptAsync(string groupName, string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        SendTo(Audience.Groups(groupName) with { Except = excludedConnectionIds }, methodName, args);

    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) =>
        ChangeGroupAsync(connectionId, groupName, isMember: true, cancellationToken);

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) =>
        ChangeGroupAsync(connectionId, groupName, isMember: false, cancellationToken);

    public override Task<T> InvokeConnectionAsync<T>(string connectionId, string methodName, object?[] args, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Client results are not supported: send an event, and let the client call a method.");

    private Task SendTo(Audience audience, string methodName, object?[] args)
    {
        if (!backplane.TrySend(audience, methodName, args))
            local.Send(audience, new SerializedHubMessage(new InvocationMessage(methodName, args)));
        return Task.CompletedTask;
    }

    private Task ChangeGroupAsync(string connectionId, string group, bool isMember, CancellationToken cancellation)
    {
        local.ChangeGroup(connectionId, group, isMember);
        return backplane.ChangeGroupAsync(connectionId, group, isMember, cancellation);
    }
}
