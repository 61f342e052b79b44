using System.Net.WebSockets;
using ChatHub.Client.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatHub.Client;

/// <summary>Where a <see cref="ChatHubClient"/> connects to, and as whom.</summary>
public class ChatHubClientOptions
{
    /// <summary>The server's address, <c>http</c> or <c>https</c>, with the path it is mounted at, if any.</summary>
    public required Uri ServerAddress { get; init; }

    /// <summary>More instances of the same server: after a failed attempt the next one is tried, round and round.</summary>
    public IReadOnlyList<Uri> OtherServerAddresses { get; init; } = [];

    /// <summary>Gives the access token. Asked before each connection and reconnection, so it may renew.</summary>
    public required Func<CancellationToken, ValueTask<string?>> AccessTokenProvider { get; init; }

    /// <summary>
    /// Gives a new access token after the server has refused the one of <see cref="AccessTokenProvider"/>, which must give
    /// the new one from then on. Without it, or when the new one is refused too, the connection ends as unauthenticated.
    /// </summary>
    public Func<CancellationToken, ValueTask<string?>>? AccessTokenRenewer { get; init; }

    /// <summary>How hub messages are written on the wire.</summary>
    public HubProtocolChoice Protocol { get; init; } = HubProtocolChoice.MessagePack;

    /// <summary>A broken connection is tried again within this time; the span doubles with each failure.</summary>
    public TimeSpan FirstRetryWithin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The span between attempts does not grow beyond this.</summary>
    public TimeSpan LongestRetryWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A call that was <c>rate_limited</c> is made again after the wait that the server asks for, if that is no longer than
    /// this; otherwise the refusal is thrown. (A refused call has no effect, so repeating it is safe.)
    /// </summary>
    public TimeSpan LongestRateLimitWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A call that finds no connection, or whose connection breaks before the answer, waits for the next one and is made
    /// again; after this time in all it throws <see cref="ChatHubUnreachableException"/>. Zero: at once.
    /// </summary>
    public TimeSpan LongestReconnectWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An attempt to connect that has brought nothing within this time has failed.</summary>
    public TimeSpan ConnectWithin { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Opens the socket; replaced to go through a proxy, or by tests.</summary>
    public WebSocketOpener OpenWebSocket { get; init; } = ClientSocket.OpenAsync;

    /// <summary>The clock of every wait but those between attempts to reconnect, which are SignalR's own.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    internal Backoff Backoff => new(FirstRetryWithin, LongestRetryWithin);
}

/// <summary>Opens one WebSocket to the hub.</summary>
/// <param name="address">The hub's address, <c>ws</c> or <c>wss</c>.</param>
/// <param name="accessToken">To be sent in the Authorization header and nowhere else: query strings end up in logs.</param>
/// <param name="cancellationToken">Ends the attempt.</param>
public delegate Task<WebSocket> WebSocketOpener(Uri address, string? accessToken, CancellationToken cancellationToken);
