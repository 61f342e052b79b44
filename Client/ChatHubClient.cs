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
/// It reconnects by itself with the same calls and events. Safe for use from several threads.
/// </summary>
public sealed class ChatHubClient : IAsyncDisposable
{
    private readonly HubConnection _connection;

    public ChatHubClient(ChatHubClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _connection = Build(options);
        _connection.Reconnecting += _ => Raise(LinkState.Reconnecting);
        _connection.Reconnected += _ => Raise(LinkState.Connected);
        _connection.Closed += _ => Raise(LinkState.Closed);
        Hub = new HubCalls(_connection, CancellationToken.None);
        EventBinding.Bind(_connection, Events);
    }

    /// <summary>The server's methods.</summary>
    public HubCalls Hub { get; }

    /// <summary>The server's events.</summary>
    public HubEvents Events { get; } = new();

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
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static HubConnection Build(ChatHubClientOptions options)
    {
        var protocol = new BoundedHubProtocol(HubProtocols.Json());
        var builder = new HubConnectionBuilder().WithAutomaticReconnect(new EndlessRetry());
        builder.Services
            .AddSingleton(options.LoggerFactory)
            .AddSingleton<IHubProtocol>(protocol)
            .AddSingleton<EndPoint>(new UriEndPoint(HubAddress.Of(options.ServerAddress)))
            .AddSingleton<IConnectionFactory>(new WebSocketConnectionFactory(options, protocol.TransferFormat));
        return builder.Build();
    }

    private Task Raise(LinkState state)
    {
        LinkChanged?.Invoke(state);
        return Task.CompletedTask;
    }
}
