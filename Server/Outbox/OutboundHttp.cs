using System.Net;
using System.Net.Sockets;

namespace ChatHub.Server.Outbox;

/// <summary>
/// Calls to addresses that others choose. The address is checked that is connected to, whatever its name led to before; nothing is
/// followed, and each answer is bounded in time and size.
/// </summary>
public static class OutboundHttp
{
    private const int AnswerBytes = 16 * 1024;
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(5);

    // Names may lead elsewhere later.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <param name="allowPrivate">Whether it may be on this machine or in a private network.</param>
    /// <param name="wrap">What a request passes before it is sent.</param>
    public static HttpClient Create(bool allowPrivate, Func<HttpMessageHandler, HttpMessageHandler>? wrap = null)
    {
        var handler = Handler(allowPrivate);
        return new(wrap is null ? handler : wrap(handler)) { Timeout = AnswerTime, MaxResponseContentBufferSize = AnswerBytes };
    }

    private static SocketsHttpHandler Handler(bool allowPrivate) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        // A proxy would choose the address, unchecked.
        UseProxy = false,
        ConnectTimeout = ConnectTime,
        PooledConnectionLifetime = ConnectionLifetime,
        MaxResponseHeadersLength = AnswerBytes / 1024,
        MaxResponseDrainSize = AnswerBytes,
        ResponseDrainTimeout = ConnectTime,
        // Traces stay within the installation.
        ActivityHeadersPropagator = null,
        ConnectCallback = (context, cancellation) => ConnectAsync(context.DnsEndPoint, allowPrivate, cancellation),
    };

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint endpoint, bool allowPrivate, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(endpoint.Host, cancellation);
        var allowed = addresses.Where(address => allowPrivate || PublicAddresses.Contains(address)).ToArray();
        if (allowed.Length == 0)
            throw new IOException("The address is not public.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, endpoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
