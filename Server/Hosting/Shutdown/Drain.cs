using ChatHub.Contracts;
using ChatHub.Server.Delivery;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Server.Hosting.Shutdown;

/// <summary>
/// Graceful shutdown without a lost call. At once the server is not ready, refuses new connections, and sends
/// <c>ServerDraining</c> to every connection: clients leave within the first half of the time. Remaining connections are
/// closed between two calls, spread over the second half, so that they do not all reconnect at once.
/// </summary>
public sealed class Drain(LiveConnections connections, PresenceTracker presence, TimeProvider time, ILogger<Drain> log)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    // What clients have beyond the time that connections are given, to read what is on its way to them and to leave.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    // For long calls: afterwards the host closes the remaining connections.
    private static readonly TimeSpan CallGrace = Grace + TimeSpan.FromSeconds(1);

    private readonly HashSet<LiveConnection> _notified = [];
    private readonly HashSet<LiveConnection> _ending = [];
    private volatile bool _hasBegun;

    public bool HasBegun => _hasBegun;

    /// <summary>Runs once.</summary>
    /// <param name="within">The time for connections to leave.</param>
    /// <param name="forceStop">Ends it at once.</param>
    public async Task RunAsync(TimeSpan within, CancellationToken forceStop)
    {
        _hasBegun = true;
        presence.Leave();
        HostingLog.Draining(log, connections.All.Count, within.TotalSeconds);
        using var overdue = new CancellationTokenSource(within + Grace, time);
        var start = time.GetTimestamp();
        while (!forceStop.IsCancellationRequested && connections.All is { Count: > 0 } left)
        {
            var elapsed = time.GetElapsedTime(start);
            if (elapsed > within + CallGrace)
                break;
            Notify(left, within / 2 - elapsed);
            if (elapsed >= within / 2)
                EndSome(left, within - elapsed, overdue.Token);
            await Task.Delay(Tick, time, forceStop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        HostingLog.Drained(log, connections.All.Count);
    }

    /// <summary>Middleware: a new hub connection is refused, so that its client or the balancer tries elsewhere.</summary>
    public Task RefuseConnectionsAsync(HttpContext context, RequestDelegate next)
    {
        // A request with an id belongs to a connection that was negotiated before.
        if (!HasBegun || !context.Request.Path.StartsWithSegments(Limits.HubPath) || context.Request.Query.ContainsKey("id"))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        return Task.CompletedTask;
    }

    // Again in each round: some connections were being established when it began.
    private void Notify(IEnumerable<LiveConnection> left, TimeSpan within)
    {
        var notice = new ServerDraining { ReconnectWithinSeconds = Math.Max(0, (int)Math.Round(within.TotalSeconds)) };
        var message = new SerializedHubMessage(new InvocationMessage(nameof(IChatClient.ServerDraining), [notice]));
        foreach (var live in left.Where(_notified.Add))
            live.Send(message, version: 0);
    }

    /// <summary>Ends as many in each round as it takes for all to be ended in time.</summary>
    private void EndSome(IEnumerable<LiveConnection> left, TimeSpan within, CancellationToken overdue)
    {
        var staying = left.Where(live => !_ending.Contains(live)).ToList();
        var rounds = Math.Max(1, (int)(within / Tick));
        foreach (var live in staying.Take((staying.Count + rounds - 1) / rounds).Where(_ending.Add))
            _ = live.EndAsync(overdue);
    }
}
