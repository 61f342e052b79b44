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

    private const int SmallWindow = 16 * 1024;
    private const byte End = 0x1e;
    private readonly ClientWebSocket _socket = new();
    private readonly HttpMessageInvoker _sockets;
    private readonly ArrayBufferWriter<byte> _received = new();
    private readonly Queue<JsonElement> _messages = [];
    private int _nextId;

    private RawHub(int? window) => _sockets = new(new SocketsHttpHandler { ConnectCallback = (context, cancellation) => ConnectAsync(context, window, cancellation) });

    /// <param name="server">Where.</param>
    /// <param name="token">Sent in the query, as browsers do.</param>
    /// <param name="window">Of its socket, in bytes: small, so that a client that stops reading fills the server's soon; but one that falls
    /// behind then reads some 80 KB a second and no more. Null: the system's.</param>
    public static Task<RawHub> ConnectAsync(ITestServer server, string token, int? window = SmallWindow) =>
        ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = Limits.HubPath, Query = $"access_token={token}" }.Uri, cookie: null, window);

    /// <param name="address">Of the hub.</param>
    /// <param name="cookie">Null: none.</param>
    /// <param name="window">As above.</param>
    public static async Task<RawHub> ConnectAsync(Uri address, string? cookie, int? window = SmallWindow)
    {
        var hub = new RawHub(window);
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
        JsonElement message;
        while (!_messages.TryDequeue(out message))
        {
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

            Parse();
        }

        return message;
    }

    /// <summary>Ends once a position has come, which says that the connection is subscribed.</summary>
    public Task NextPositionAsync() => NextAsync(nameof(IChatClient.Position));

    /// <summary>The next event of this name; what comes before it is dropped.</summary>
    public Task<JsonElement> NextAsync(string name) =>
        NextAsync(message => message.TryGetProperty("target", out var target) && target.GetString() == name);

    /// <summary>The message by which the server asks to close the connection; what comes before it is dropped.</summary>
    public Task<JsonElement> NextCloseAsync() => NextAsync(IsClose);

    public static bool IsClose(JsonElement message) => TypeOf(message) == 7;

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

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, int? window, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (window is { } bytes)
            socket.ReceiveBufferSize = bytes;
        await socket.ConnectAsync(context.DnsEndPoint, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Takes what is whole out of what was received.</summary>
    private void Parse()
    {
        var left = _received.WrittenMemory;
        for (int end; (end = left.Span.IndexOf(End)) >= 0; left = left[(end + 1)..])
            _messages.Enqueue(JsonElement.Parse(left.Span[..end]));
        var rest = left.ToArray();
        _received.ResetWrittenCount();
        _received.Write(rest);
    }

    private static int? TypeOf(JsonElement message) => message.TryGetProperty("type", out var type) ? type.GetInt32() : null;

    private Task<JsonElement> CompletionAsync(string id) =>
        NextAsync(message => TypeOf(message) == 3 && message.GetProperty("invocationId").GetString() == id);

    private async Task<JsonElement> NextAsync(Func<JsonElement, bool> isAwaited)
    {
        while (await ReceiveAsync() is { } message)
        {
            if (isAwaited(message))
                return message;
        }

        throw new InvalidOperationException("The server closed the connection before what was awaited.");
    }
}
