using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.Extensions.Logging;

namespace ChatHub.Client.Transport;

/// <summary>
/// SignalR's own connections over our sockets. <c>WithUrl</c> would do, except that in a browser it ignores the socket
/// factory, and with it the rotation of addresses and the renewal of tokens.
/// </summary>
internal sealed class HttpConnections(WebSocketConnector connector, TransferFormat format, ILoggerFactory loggerFactory) : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var connection = new HttpConnection(
            new HttpConnectionOptions
            {
                Url = connector.FirstAddress,
                DefaultTransferFormat = format,

                // Without negotiation several instances need no sticky sessions.
                SkipNegotiation = true,
                Transports = HttpTransportType.WebSockets,
                WebSocketFactory = connector.ConnectAsync,
            },
            loggerFactory);
        try
        {
            await connection.StartAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
