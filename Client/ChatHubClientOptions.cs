using ChatHub.Client.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatHub.Client;

/// <summary>Which server a <see cref="ChatHubClient"/> connects to, as which user, and its timeouts.</summary>
public class ChatHubClientOptions
{
    /// <summary>The server's address, <c>http</c> or <c>https</c>, with the path it is mounted under, if any.</summary>
    public required Uri ServerAddress { get; init; }

    /// <summary>More instances of the same server: after a failed attempt the next address is tried, round robin.</summary>
    public IReadOnlyList<Uri> OtherServerAddresses { get; init; } = [];

    /// <summary>Returns the access token. Called before each connection and reconnection, so it may renew.</summary>
    public required Func<CancellationToken, ValueTask<string?>> AccessTokenProvider { get; init; }

    /// <summary>
    /// Returns a new access token after the server has refused the one of <see cref="AccessTokenProvider"/>, which must
    /// return the new one from then on. Without it, or when the new one is refused too, the connection is closed with
    /// <c>unauthenticated</c>.
    /// </summary>
    public Func<CancellationToken, ValueTask<string?>>? AccessTokenRenewer { get; init; }

    /// <summary>The hub protocol. <see cref="HubProtocolChoice.MessagePack"/> by default.</summary>
    public HubProtocolChoice Protocol { get; init; } = HubProtocolChoice.MessagePack;

    /// <summary>The first reconnect attempt happens within this time, 1 s by default; the span doubles with each failure. A connection that ends within 10 s is one.</summary>
    public TimeSpan InitialRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The span between reconnect attempts does not grow beyond this, 30 s by default.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A call that is <c>rate_limited</c> is repeated after the server's <c>retryAfter</c> if that is no longer than this,
    /// 30 s by default; otherwise the error is thrown. (A refused call has no effect, so repeating it is safe.)
    /// </summary>
    public TimeSpan MaxRateLimitWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A call that has no connection, or whose connection breaks before the response, waits for the next connection and is
    /// repeated; after this time in all, 30 s by default, it throws <see cref="ChatHubUnreachableException"/>. Zero: at once.
    /// </summary>
    public TimeSpan MaxReconnectWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection attempt without a result fails after this time, 15 s by default.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Opens the socket; replace it for a proxy, client certificates, or in tests.</summary>
    public WebSocketOpener OpenWebSocket { get; init; } = DefaultWebSocketOpener.OpenAsync;

    /// <summary>The clock of every wait except the delays between reconnect attempts, which are SignalR's own.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where SignalR's client logs to; nowhere by default.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    internal Backoff Backoff => new(InitialRetryDelay, MaxRetryDelay);
}
