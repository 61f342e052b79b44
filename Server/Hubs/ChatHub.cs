using ChatHub.Contracts;
using ChatHub.Server.Conversations;
using ChatHub.Server.Delivery;
using ChatHub.Server.Hosting;
using ChatHub.Server.People;
using ChatHub.Server.Requests;
using ChatHub.Server.Sync;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Hubs;

/// <summary>The entry point of hub calls: one line for each method, by module in the other parts of this class.</summary>
[Authorize(Policy = Authentication.Users)]
public sealed partial class ChatHub(
    PeopleUseCases people,
    RequestUseCases requests,
    ConversationUseCases conversations,
    ReportService reports,
    SyncService sync,
    PresenceTracker presence,
    IOptions<LimitOptions> limits) : Hub, IChatHub
{
    private Caller Caller => Context.Caller();
    private CancellationToken Aborted => Context.ConnectionAborted;

    public override Task OnConnectedAsync()
    {
        var user = Context.User!.User();
        // Counted on all instances. Once every one of them knows of this connection, it is told its position.
        if (presence.Connected(user) > limits.Value.ConnectionsPerUser)
        {
            presence.Disconnected(user);
            throw Errors.TooManyConnections(limits.Value.ConnectionsPerUser);
        }

        Context.Remember(new Caller(user, Context.ConnectionId));
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        presence.Disconnected(Caller.User);
        return Task.CompletedTask;
    }

    public Task<SyncPage> Sync(SyncInput input) => sync.ReadAsync(Caller, input, Aborted);
}
