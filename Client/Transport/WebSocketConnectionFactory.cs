using System.Net;
using System.Net.WebSockets;
using ChatHub.Contracts;
using Microsoft.AspNetCore.Connections;

namespace ChatHub.Client.Transport;

/// <summary>
/// Gives SignalR its connections: a WebSocket straight to the hub, without negotiation. With several addresses, an
/// attempt that fails makes the next one go to the next address.
/// </summary>
internal sealed class WebSocketConnectionFactory(ChatHubClientOptions options, TransferFormat format) : IConnectionFactory
{
    private readonly Uri[] _hubs = [.. options.OtherServerAddresses.Prepend(options.ServerAddress).Select(HubAddress.Of)];
    private int _turn;
    private WebSocketConnection? _current;

    /// <summary>The address that the first attempt goes to.</summary>
    public Uri First => _hubs[0];

    // SignalR is given one address at the start; which one it is by now is decided here.
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        try
        {
            var connection = new WebSocketConnection(await OpenInTimeAsync(cancellationToken).ConfigureAwait(false), format, options.TimeProvider);
            Volatile.Write(ref _current, connection);
            return connection;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            MoveOn();
            throw;
        }
    }

    /// <summary>Leaves the present connection, if it is still the one that was asked to be left; SignalR then connects anew.</summary>
    public void Leave(object? connection)
    {
        if (connection is null || Interlocked.CompareExchange(ref _current, null, (WebSocketConnection)connection) != connection)
            return;
        MoveOn();
        ((WebSocketConnection)connection).Abort(new ConnectionAbortedException("The server is draining."));
    }

    /// <summary>Names the present connection for <see cref="Leave"/>.</summary>
    public object? Current => Volatile.Read(ref _current);

    /// <summary>A server that takes the connection and then says nothing must not be waited for without end.</summary>
    private async Task<WebSocket> OpenInTimeAsync(CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(options.ConnectWithin, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            return await OpenAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"There was no answer within {options.ConnectWithin.TotalSeconds:0.#} s.", e);
        }
    }

    private async Task<WebSocket> OpenAsync(CancellationToken cancellationToken)
    {
        var token = await options.AccessTokenProvider(cancellationToken).ConfigureAwait(false);
        var hub = _hubs[(uint)Volatile.Read(ref _turn) % (uint)_hubs.Length];
        try
        {
            return await options.OpenWebSocket(hub, token, cancellationToken).ConfigureAwait(false);
        }
        catch (ChatHubException e) when (e.Code == ErrorCodes.Unauthenticated && options.AccessTokenRenewer is { } renew)
        {
            var renewed = await renew(cancellationToken).ConfigureAwait(false);
            return await options.OpenWebSocket(hub, renewed, cancellationToken).ConfigureAwait(false);
        }
    }

    private void MoveOn() => Interlocked.Increment(ref _turn);
}
