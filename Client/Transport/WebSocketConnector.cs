using System.Net.WebSockets;
using ChatHub.Contracts;
using Microsoft.AspNetCore.Http.Connections.Client;

namespace ChatHub.Client.Transport;

/// <summary>
/// Opens SignalR's WebSockets, straight to the hub and without negotiation. With several addresses, a failed attempt makes
/// the next one go to the next address. A token that is refused is renewed once for each attempt.
/// </summary>
internal sealed class WebSocketConnector(ChatHubClientOptions options)
{
    private readonly Uri[] _hubs = [.. options.OtherServerAddresses.Prepend(options.ServerAddress).Select(HubAddress.Of)];
    private int _index;
    private WebSocket? _current;

    /// <summary>The address of the first attempt.</summary>
    public Uri FirstAddress => _hubs[0];

    /// <summary>Identifies the current connection for <see cref="Leave"/>.</summary>
    public object? Current => Volatile.Read(ref _current);

    // SignalR has one fixed address; the rotation happens here.
    public async ValueTask<WebSocket> ConnectAsync(WebSocketConnectionContext context, CancellationToken cancellationToken)
    {
        try
        {
            var socket = await OpenWithTimeoutAsync(cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _current, socket);
            return socket;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Rotate();
            throw;
        }
    }

    /// <summary>Aborts the given connection if it is still the current one; SignalR then reconnects, to the next address.</summary>
    public void Leave(object? connection)
    {
        if (connection is not WebSocket socket || Interlocked.CompareExchange(ref _current, null, socket) != socket)
            return;
        Rotate();
        socket.Abort();
    }

    /// <summary>A server that accepts the TCP connection and never responds must not hold the attempt indefinitely.</summary>
    private async Task<WebSocket> OpenWithTimeoutAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await OpenAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"There was no response within {options.ConnectTimeout.TotalSeconds:0.#} s.", e);
        }
    }

    private async Task<WebSocket> OpenAsync(CancellationToken cancellationToken)
    {
        var token = await options.AccessTokenProvider(cancellationToken).ConfigureAwait(false);
        var hub = _hubs[(uint)Volatile.Read(ref _index) % (uint)_hubs.Length];
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

    private void Rotate() => Interlocked.Increment(ref _index);
}
