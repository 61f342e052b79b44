using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Server.Delivery;

/// <summary>
/// A connection with a bounded outbound queue, so that no sender waits for its socket. What is not stored is dropped
/// first; when the queue is full it is cut, and the connection gets one Position that makes its client call Sync.
/// </summary>
public sealed class LiveConnection(HubConnectionContext connection, Func<long, SerializedHubMessage> position, ILogger log)
{
    /// <summary>How many events may wait for one connection.</summary>
    public const int MaxQueued = 256;

    private static readonly SerializedHubMessage AskToClose = new(new CloseMessage(error: null, allowReconnect: true));

    private readonly Lock _gate = new();
    private Queue<Outbound>? _queue; // made when something has to wait
    private Outbound _next;
    private bool _writing;
    private bool _cut;
    private long _cutVersion;

    private readonly record struct Outbound(SerializedHubMessage Message, long? Version);

    public HubConnectionContext Connection => connection;

    public string Id => connection.ConnectionId;

    /// <summary>Null for a connection without a user, which the hub of this server does not accept.</summary>
    public string? UserId => connection.UserIdentifier;

    /// <summary>The session of its access token; null for a token of none.</summary>
    public string? SessionId { get; } = SessionConnections.SessionOf(connection.User);

    /// <summary>The client's calls.</summary>
    public CallGate Calls { get; } = new();

    /// <param name="message">Shared by all receivers, so that it is serialised once for each protocol.</param>
    /// <param name="version">The receiver's version; null for what may be dropped.</param>
    public void Send(SerializedHubMessage message, long? version)
    {
        DeliveryMetrics.Pushes.Add(1);
        lock (_gate)
        {
            if (_writing)
            {
                Queue(new(message, version));
                return;
            }

            _writing = true;
            _next = new(message, version);
        }

        // Writes into the connection's pipe and comes back at the first wait, if there is any.
        _ = DrainAsync();
    }

    /// <summary>
    /// Ends the connection once every call that has begun has its response. The client is asked to close it: were it closed
    /// here while the client still sends, responses on their way could be lost with it. The close message allows a reconnect,
    /// which stock clients then do by themselves (after Abort they would not).
    /// </summary>
    /// <param name="overdue">From then on it is closed here.</param>
    public async Task EndAsync(CancellationToken overdue)
    {
        await Calls.ShutAsync();
        Send(AskToClose, version: 0);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionAborted, overdue);
        await Task.Delay(Timeout.Infinite, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (connection.Features.Get<IConnectionLifetimeNotificationFeature>() is { } transport)
            transport.RequestClose();
        else
            connection.Abort();
    }

    private void Queue(Outbound outbound)
    {
        _queue ??= new();
        if (_cut || (outbound.Version is null && _queue.Count >= MaxQueued / 2))
        {
            _cutVersion = Math.Max(_cutVersion, outbound.Version ?? 0);
            DeliveryMetrics.Dropped.Add(1);
            return;
        }

        if (_queue.Count < MaxQueued)
        {
            _queue.Enqueue(outbound);
            return;
        }

        _cut = true;
        _cutVersion = _queue.Max(o => o.Version ?? 0);
        _cutVersion = Math.Max(_cutVersion, outbound.Version ?? 0);
        DeliveryMetrics.Dropped.Add(_queue.Count + 1);
        DeliveryMetrics.Resyncs.Add(1);
        _queue.Clear();
        DeliveryLog.QueueCut(log, connection.ConnectionId, MaxQueued);
    }

    private async Task DrainAsync()
    {
        try
        {
            do
            {
                await connection.WriteAsync(_next.Message, connection.ConnectionAborted);
            }
            while (TakeNext());
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException || connection.ConnectionAborted.IsCancellationRequested)
        {
            // Closed: its client reconnects and syncs. Nothing more is written; OnDisconnected forgets this object.
        }
        catch (Exception e)
        {
            DeliveryLog.WriteFailed(log, e, connection.ConnectionId);
            connection.Abort();
        }
    }

    private bool TakeNext()
    {
        lock (_gate)
        {
            if (_cut)
            {
                _cut = false;
                _next = new(position(_cutVersion), _cutVersion);
                return true;
            }

            _next = default;
            _writing = _queue is not null && _queue.TryDequeue(out _next);
            return _writing;
        }
    }
}
