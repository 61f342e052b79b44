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
using Microsoft.Net.Http.Headers;

namespace ChatHub.Server.Hubs;

/// <summary>The entry point of hub calls: one line for each method, by module in the other parts of this class.</summary>
[Authorize(Policy = Authentication.Users)]
public sealed partial class ChatHub(
    PeopleUseCases people,
    RequestUseCases requests,
    ConversationUseCases conversations,
    ReportService reports,
    SyncService sync,
    PresenceCoordinator presence,
    IOptions<LimitOptions> limits) : Hub, IChatHub
{
    private Caller Caller => Context.Caller();
    private CancellationToken Aborted => Context.ConnectionAborted;

    public override async Task OnConnectedAsync()
    {
        var user = Context.User!.User();
        // Counted over all instances. Once the connection is subscribed on all of them, it gets a Position.
        if (await presence.ConnectedAsync(user) > limits.Value.ConnectionsPerUser)
        {
            presence.Disconnected(user);
            throw Errors.TooManyConnections(limits.Value.ConnectionsPerUser);
        }

        Context.Remember(new Caller(user, Context.ConnectionId));
        // The token is checked: it is not held for as long as the connection.
        Context.GetHttpContext()?.Request.Headers.Remove(HeaderNames.Authorization);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        presence.Disconnected(Caller.User);
        return Task.CompletedTask;
    }

    public Task<SyncPage> Sync(SyncInput input) => sync.ReadAsync(Caller, input, Aborted);
}
