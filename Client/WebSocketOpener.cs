using System.Net.WebSockets;

namespace ChatHub.Client;

/// <summary>Opens one WebSocket to the hub.</summary>
/// <param name="address">The hub's address, <c>ws</c> or <c>wss</c>.</param>
/// <param name="accessToken">The bearer token, for the Authorization header: query strings end up in logs.</param>
/// <param name="cancellationToken">Cancels the attempt.</param>
/// <returns>The open socket; the client disposes it.</returns>
public delegate Task<WebSocket> WebSocketOpener(Uri address, string? accessToken, CancellationToken cancellationToken);
