using System.Net;
using Microsoft.AspNetCore.Connections;

namespace ChatHub.Client.Transport;

/// <summary>Gives SignalR its connections: a WebSocket straight to the hub, without negotiation.</summary>
internal sealed class WebSocketConnectionFactory(ChatHubClientOptions options, TransferFormat format) : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var address = ((UriEndPoint)endpoint).Uri;
        var token = await options.AccessTokenProvider(cancellationToken).ConfigureAwait(false);
        var socket = await options.OpenWebSocket(address, token, cancellationToken).ConfigureAwait(false);
        return new WebSocketConnection(socket, format, options.TimeProvider);
    }
}
