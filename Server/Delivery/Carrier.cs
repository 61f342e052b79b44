using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Server.Delivery;

/// <summary>
/// Another lifetime manager as carrier between instances. Each live connection has a relay in it, which is in a group of
/// its user's id: what other instances send to that group reaches the connection's own queue. Nothing here is repeated: a
/// failed call throws, and the carrier is then replaced as a whole.
/// </summary>
internal sealed class Carrier<THub>(HubLifetimeManager<THub> manager, LocalDelivery local, IHubProtocol json)
    where THub : Hub
{
    /// <param name="Event">To its user's connections elsewhere.</param>
    /// <param name="Delivered">The connections that have it.</param>
    /// <param name="Trace">Of the change; null where there is none.</param>
    private readonly record struct Enqueued(UserEvent Event, ImmutableArray<LiveConnection> Delivered, ActivityContext? Trace);

    private const int MaxQueued = 10_000;
    private const int MaxInFlight = 128;
    private static readonly TimeSpan ResponseLimit = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Lazy<Task<RelayConnection>>> _relays = new(StringComparer.Ordinal);
    private readonly Channel<Enqueued> _queue = Channel.CreateBounded<Enqueued>(new BoundedChannelOptions(MaxQueued) { SingleReader = true });

    private long _dropped;

    /// <summary>Completes when everything sent to the connection's user on other instances reaches it.</summary>
    public Task JoinAsync(LiveConnection live) =>
        _relays.GetOrAdd(live.Id, static (_, a) => new(() => a.Carrier.SubscribeAsync(a.live)), (Carrier: this, live)).Value;

    public async Task LeaveAsync(LiveConnection live)
    {
        if (_relays.TryRemove(live.Id, out var relay))
            await manager.OnDisconnectedAsync(await relay.Value);
    }

    public async Task ChangeGroupAsync(string connectionId, string group, bool isMember, CancellationToken cancellation)
    {
        if (_relays.TryGetValue(connectionId, out var relay))
            await relay.Value;
        var changing = isMember
            ? manager.AddToGroupAsync(connectionId, group, cancellation)
            : manager.RemoveFromGroupAsync(connectionId, group, cancellation);
        // No instance acknowledges a connection that is gone.
        await changing.WaitAsync(ResponseLimit, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task SendAsync(Audience audience, string methodName, object?[] arguments) => audience switch
    {
        { Kind: AudienceKind.All } => manager.SendAllExceptAsync(methodName, arguments, audience.Except),
        { Kind: AudienceKind.Connections } => manager.SendConnectionsAsync(audience.Names, methodName, arguments),
        { Kind: AudienceKind.Users } => manager.SendGroupsAsync([.. audience.Names.Distinct().Select(GroupOf)], methodName, arguments),
        { Except.Count: > 0 } => manager.SendGroupExceptAsync(audience.Names[0], methodName, arguments, audience.Except),
        _ => manager.SendGroupsAsync([.. audience.Names.Distinct()], methodName, arguments),
    };

    /// <summary>Events leave in the order of the calls. One that does not fit is dropped and counted.</summary>
    public void Enqueue(UserEvent e, ImmutableArray<LiveConnection> delivered)
    {
        if (_queue.Writer.TryWrite(new(e, delivered, DeliveryMetrics.Activities.HasListeners() ? Activity.Current?.Context : null)))
            return;
        Interlocked.Increment(ref _dropped);
        DeliveryMetrics.BackplaneDropped.Add(1);
    }

    /// <summary>Sends what is enqueued: some are under way at once, so that a burst costs few round trips.</summary>
    /// <param name="onDropped">Called with how many were dropped, once there is capacity again.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task SendEnqueuedAsync(Action<long> onDropped, CancellationToken cancellation)
    {
        var sending = new List<Task>(MaxInFlight);
        while (await _queue.Reader.WaitToReadAsync(cancellation))
        {
            while (sending.Count < MaxInFlight && _queue.Reader.TryRead(out var next))
                sending.Add(next.Trace is { } trace ? TraceAsync(next, trace) : SendAsync(next.Event, next.Delivered));
            DeliveryMetrics.BackplanePublishes.Add(sending.Count);
            await Task.WhenAll(sending).WaitAsync(cancellation);
            sending.Clear();
            if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
                onDropped(dropped);
        }
    }

    private static string GroupOf(string userId) => "user:" + userId;

    /// <summary>Until Redis has it. The trace ends there: what other instances receive is the event as clients get it.</summary>
    private async Task TraceAsync(Enqueued next, ActivityContext trace)
    {
        using var activity = DeliveryMetrics.Activities.StartActivity("chathub.backplane.publish", ActivityKind.Producer, trace);
        await SendAsync(next.Event, next.Delivered);
    }

    /// <summary>To all but those that have it: a connection gets it once, also one that has joined in between.</summary>
    private Task SendAsync(UserEvent e, ImmutableArray<LiveConnection> delivered) =>
        manager.SendGroupExceptAsync(GroupOf(e.UserId), e.Name, [e.Payload], [.. delivered.Select(live => live.Id)]);

    private async Task<RelayConnection> SubscribeAsync(LiveConnection live)
    {
        var relay = new RelayConnection(live, json);
        await manager.OnConnectedAsync(relay);
        if (live.UserId is { } user)
            await manager.AddToGroupAsync(live.Id, GroupOf(user));
        foreach (var group in local.GroupsOf(live.Id))
            await manager.AddToGroupAsync(live.Id, group);
        return relay;
    }
}
