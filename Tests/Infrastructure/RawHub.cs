using System.Buffers;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using ChatHub.Contracts;

namespace ChatHub.Tests.Infrastructure;

/// <summary>The JSON hub protocol by hand, so that anything at all can be sent.</summary>
public sealed class RawHub : IDisposable
{
    public const string Ping = """{"type":6}""";

    private const byte End = 0x1e;
    private readonly ClientWebSocket _socket = new();
    private readonly HttpMessageInvoker _sockets = new(new SocketsHttpHandler { ConnectCallback = ConnectAsync });
    private readonly ArrayBufferWriter<byte> _received = new();
    private int _nextId;

    /// <param name="server">Where.</param>
    /// <param name="token">Sent in the query, as browsers do.</param>
    public static Task<RawHub> ConnectAsync(ITestServer server, string token) =>
        ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = Limits.HubPath, Query = $"access_token={token}" }.Uri, cookie: null);

    /// <param name="address">Of the hub.</param>
    /// <param name="cookie">Null: none.</param>
    public static async Task<RawHub> ConnectAsync(Uri address, string? cookie)
    {
        var hub = new RawHub();
        if (cookie is not null)
            hub._socket.Options.SetRequestHeader("Cookie", cookie);
        await hub._socket.ConnectAsync(address, hub._sockets, TestTimeouts.Token).SoonAsync();
        await hub.SendAsync("""{"protocol":"json","version":1}""");
        await hub.ReceiveAsync();
        return hub;
    }

    /// <summary>Calls a method with arguments as they are written here; returns its completion.</summary>
    /// <param name="method">Any name.</param>
    /// <param name="arguments">The content of the arguments' array.</param>
    public async Task<JsonElement> InvokeAsync(string method, string arguments)
    {
        var id = $"{++_nextId}";
        await CallAsync(id, method, arguments);
        return await CompletionAsync(id);
    }

    /// <summary>Sends a call and does not wait for its completion, which has the same id.</summary>
    public Task CallAsync(string id, string method, string arguments) =>
        SendAsync($$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":[{{arguments}}]}""");

    public async Task SendAsync(string message) =>
        await _socket.SendAsync((byte[])[.. Encoding.UTF8.GetBytes(message), End], WebSocketMessageType.Text, true, TestTimeouts.Token);

    /// <summary>The next message, or null when the server has closed the connection.</summary>
    public async Task<JsonElement?> ReceiveAsync()
    {
        while (true)
        {
            var end = _received.WrittenSpan.IndexOf(End);
            if (end >= 0)
            {
                var message = JsonElement.Parse(_received.WrittenSpan[..end]);
                var rest = _received.WrittenSpan[(end + 1)..].ToArray();
                _received.ResetWrittenCount();
                _received.Write(rest);
                return message;
            }

            try
            {
                var result = await _socket.ReceiveAsync(_received.GetMemory(4096), TestTimeouts.Token).AsTask().SoonAsync();
                if (result.MessageType == WebSocketMessageType.Close)
                    return null;
                _received.Advance(result.Count);
            }
            catch (WebSocketException)
            {
                return null;
            }
        }
    }

    /// <summary>Ends once a position has come, which says that the connection is subscribed; what comes before that is dropped.</summary>
    public async Task NextPositionAsync()
    {
        while (await ReceiveAsync() is { } message)
        {
            if (message.TryGetProperty("target", out var target) && target.GetString() == nameof(IChatClient.Position))
                return;
        }

        throw new InvalidOperationException("The server closed the connection before a position came.");
    }

    /// <summary>Ends once the server has closed the connection; what comes before that is dropped.</summary>
    public async Task ClosedAsync()
    {
        while (await ReceiveAsync() is not null)
        {
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _sockets.Dispose();
    }

    // A small window, so that a client that stops reading fills the server's socket soon.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 16 * 1024 };
        await socket.ConnectAsync(context.DnsEndPoint, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private async Task<JsonElement> CompletionAsync(string id)
    {
        while (await ReceiveAsync() is { } message)
        {
            if (message.TryGetProperty("type", out var type) && type.GetInt32() == 3 && message.GetProperty("invocationId").GetString() == id)
                return message;
        }

        throw new InvalidOperationException("The server closed the connection before the completion.");
    }
}
