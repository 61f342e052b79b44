using System.Net.WebSockets;
using ChatHub.Client.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatHub.Client;

/// <summary>Where a <see cref="ChatHubClient"/> connects to, and as whom.</summary>
public sealed class ChatHubClientOptions
{
    /// <summary>The server's address, <c>http</c> or <c>https</c>, with the path it is mounted at, if any.</summary>
    public required Uri ServerAddress { get; init; }

    /// <summary>Gives the access token. Asked before each connection and reconnection, so it may renew.</summary>
    public required Func<CancellationToken, ValueTask<string?>> AccessTokenProvider { get; init; }

    /// <summary>Opens the socket; replaced to go through a proxy, or by tests.</summary>
    public WebSocketOpener OpenWebSocket { get; init; } = ClientSocket.OpenAsync;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}

/// <summary>Opens one WebSocket to the hub.</summary>
/// <param name="address">The hub's address, <c>ws</c> or <c>wss</c>.</param>
/// <param name="accessToken">To be sent in the Authorization header and nowhere else: query strings end up in logs.</param>
/// <param name="cancellationToken">Ends the attempt.</param>
public delegate Task<WebSocket> WebSocketOpener(Uri address, string? accessToken, CancellationToken cancellationToken);
