using System.Net;
using ChatHub.Client.Transport;
using ChatHub.Contracts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace ChatHub.Client;

/// <summary>
/// One user's live connection to a ChatHub server: <see cref="Hub"/> calls its methods, <see cref="Events"/> raises its
/// events. It reconnects by itself, but events sent in between are lost: catching up, and an outbox for what was written
/// meanwhile, is what <see cref="ChatHubMessenger"/> adds. Thread-safe.
/// </summary>
public sealed class ChatHubClient : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly HubCallContext _context;

    /// <summary>Creates the client; <see cref="ConnectAsync"/> connects it.</summary>
    /// <param name="options">The server, the user, and the timeouts.</param>
    public ChatHubClient(ChatHubClientOptions options)
        : this(options, reconnects: false)
    {
    }

    /// <param name="options">The server, the user, and the timeouts.</param>
    /// <param name="reconnects">Whether the caller connects again after the connection was closed.</param>
    internal ChatHubClient(ChatHubClientOptions options, bool reconnects)
    {
        ArgumentNullException.ThrowIfNull(options);
        Monitor = new ConnectionMonitor(reconnects);
        Backoff = new ConnectionBackoff(options.Backoff, options.TimeProvider);
        var connector = new WebSocketConnector(options);
        _connection = Build(options, connector, Backoff);
        _connection.Reconnecting += _ => Raise(ConnectionState.Reconnecting);
        _connection.Reconnected += _ => Raise(ConnectionState.Connected);
        _connection.Closed += _ => Raise(ConnectionState.Closed);
        _context = new HubCallContext(_connection, options, Monitor);
        Hub = new HubCalls(_context, CancellationToken.None);
        Events.ServerDraining += new DrainingHandler(connector, options.TimeProvider).OnServerDraining;
        EventBinding.Bind(_connection, Events);
    }

    /// <summary>The server's methods.</summary>
    public HubCalls Hub { get; }

    /// <summary>The server's events, as they arrive on the wire.</summary>
    public HubEvents Events { get; } = new();

    /// <summary>The state of the connection.</summary>
    public ConnectionState State => Monitor.State;

    internal ConnectionMonitor Monitor { get; }

    internal ConnectionBackoff Backoff { get; }

    /// <summary>Raised when the connection is established, breaks, is established again, or is closed. Handlers must not block or throw.</summary>
    public event Action<ConnectionState>? StateChanged;

    /// <summary>Connects. Event handlers that were added before miss no event of the connection.</summary>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="ChatHubException">The server refuses the access token (<c>unauthenticated</c>) or asks to wait.</exception>
    /// <exception cref="ChatHubUnreachableException">No ChatHub server can be reached at the address.</exception>
    /// <exception cref="InvalidOperationException">The client is connected already.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        if (_connection.State != HubConnectionState.Disconnected)
            throw new InvalidOperationException("The client is connected already.");

        try
        {
            await _connection.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (HubFailure.IsConnectionLoss(e) && !cancellationToken.IsCancellationRequested)
        {
            throw new ChatHubUnreachableException($"The connection could not be established: {e.GetBaseException().Message}", e);
        }

        await Raise(ConnectionState.Connected).ConfigureAwait(false);
    }

    /// <summary>Closes the connection gracefully and releases it. Waiting calls fail with <see cref="ChatHubUnreachableException"/>.</summary>
    public ValueTask DisposeAsync()
    {
        Monitor.Fail(new ChatHubUnreachableException("The client is disposed."));
        return _connection.DisposeAsync();
    }

    /// <summary>Sends every event, and every change of a result, to one more listener. Call it before connecting.</summary>
    internal void Attach(IChatClient events, Action<IVersioned> results)
    {
        EventBinding.Bind(_connection, events);
        _context.OnResult = results;
    }

    private static HubConnection Build(ChatHubClientOptions options, WebSocketConnector connector, ConnectionBackoff backoff)
    {
        var protocol = new BoundedHubProtocol(HubProtocols.Of(options.Protocol));
        var builder = new HubConnectionBuilder().WithAutomaticReconnect(new InfiniteRetryPolicy(backoff));
        builder.Services
            .AddSingleton(options.LoggerFactory)
            .AddSingleton<IHubProtocol>(protocol)
            .AddSingleton<EndPoint>(new UriEndPoint(connector.FirstAddress))
            .AddSingleton<IConnectionFactory>(new HttpConnections(connector, protocol.TransferFormat, options.LoggerFactory));
        return builder.Build();
    }

    private Task Raise(ConnectionState state)
    {
        if (state == ConnectionState.Connected)
            Backoff.OnConnected();
        Monitor.Set(state);
        StateChanged?.Invoke(state);
        return Task.CompletedTask;
    }
}
