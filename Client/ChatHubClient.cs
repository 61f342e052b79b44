using System.Net;
using ChatHub.Client.Transport;
using ChatHub.Contracts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace ChatHub.Client;

/// <summary>
/// One user's live connection to a ChatHub server: <see cref="Hub"/> calls it, <see cref="Events"/> hears it.
/// It reconnects by itself with the same calls and events, but what happened in between is not told: that, and sending
/// what was written meanwhile, is what <see cref="ChatHubMessenger"/> adds. Safe for use from several threads.
/// </summary>
public sealed class ChatHubClient : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly HubLink _link;

    public ChatHubClient(ChatHubClientOptions options)
        : this(options, isKept: false)
    {
    }

    /// <param name="options">Where to, and as whom.</param>
    /// <param name="isKept">Whether the caller connects again when the connection has been closed.</param>
    internal ChatHubClient(ChatHubClientOptions options, bool isKept)
    {
        ArgumentNullException.ThrowIfNull(options);
        Link = new Link(isKept);
        var protocol = new BoundedHubProtocol(HubProtocols.Of(options.Protocol));
        var sockets = new WebSocketConnectionFactory(options, protocol.TransferFormat);
        _connection = Build(options, protocol, sockets);
        _connection.Reconnecting += _ => Raise(LinkState.Reconnecting);
        _connection.Reconnected += _ => Raise(LinkState.Connected);
        _connection.Closed += _ => Raise(LinkState.Closed);
        _link = new HubLink(_connection, options, Link);
        Hub = new HubCalls(_link, CancellationToken.None);
        Events.ServerDraining += new DrainingNotice(sockets, options.TimeProvider).Heed;
        EventBinding.Bind(_connection, Events);
    }

    /// <summary>The server's methods.</summary>
    public HubCalls Hub { get; }

    /// <summary>The server's events, as they come from the wire.</summary>
    public HubEvents Events { get; } = new();

    internal Link Link { get; }

    /// <summary>Raised when the connection is made, breaks, is made again, or ends. Handlers must not block or throw.</summary>
    public event Action<LinkState>? LinkChanged;

    /// <summary>Connects. Handlers that were added before it miss no event of the connection.</summary>
    /// <exception cref="ChatHubException">The server refuses the access token (<c>unauthenticated</c>) or asks to wait.</exception>
    /// <exception cref="ChatHubUnreachableException">There is no ChatHub server to be reached at the address.</exception>
    /// <exception cref="InvalidOperationException">The client is connected already.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        if (_connection.State != HubConnectionState.Disconnected)
            throw new InvalidOperationException("The client is connected already.");

        try
        {
            await _connection.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (HubFailure.IsLoss(e) && !cancellationToken.IsCancellationRequested)
        {
            throw new ChatHubUnreachableException($"The connection could not be made: {e.GetBaseException().Message}", e);
        }

        await Raise(LinkState.Connected).ConfigureAwait(false);
    }

    /// <summary>Closes the connection in good order and frees it.</summary>
    public ValueTask DisposeAsync()
    {
        Link.Fail(new ChatHubUnreachableException("The client is disposed."));
        return _connection.DisposeAsync();
    }

    /// <summary>Leads every event, and every answer that is a change, to one more listener. Before connecting.</summary>
    internal void Attach(IChatClient events, Action<IVersioned> answers)
    {
        EventBinding.Bind(_connection, events);
        _link.Answered = answers;
    }

    private static HubConnection Build(ChatHubClientOptions options, IHubProtocol protocol, WebSocketConnectionFactory sockets)
    {
        var builder = new HubConnectionBuilder().WithAutomaticReconnect(new EndlessRetry(options.Backoff));
        builder.Services
            .AddSingleton(options.LoggerFactory)
            .AddSingleton(protocol)
            .AddSingleton<EndPoint>(new UriEndPoint(sockets.First))
            .AddSingleton<IConnectionFactory>(sockets);
        return builder.Build();
    }

    private Task Raise(LinkState state)
    {
        Link.Set(state);
        LinkChanged?.Invoke(state);
        return Task.CompletedTask;
    }
}
