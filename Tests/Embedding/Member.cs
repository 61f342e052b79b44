using System.Net.WebSockets;
using ChatHub.Client;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.Embedding;

/// <summary>A user who is signed in at a platform.</summary>
/// <param name="Platform">Where.</param>
/// <param name="Id">The platform's id of them, and ChatHub's.</param>
/// <param name="Pass">The platform's cookie.</param>
internal sealed record Member(Platform Platform, string Id, Credentials Pass)
{
    /// <summary>Connects by the SDK over a WebSocket that brings the cookie and no token, as a browser's does.</summary>
    public async Task<ChatHubClient> ConnectAsync(HubProtocolChoice protocol = HubProtocolChoice.MessagePack)
    {
        var client = NewClient(protocol);
        await client.ConnectAsync(TestTimeouts.Token).SoonAsync();
        return client;
    }

    /// <summary>The same, not connected yet.</summary>
    public ChatHubClient NewClient(HubProtocolChoice protocol = HubProtocolChoice.MessagePack) => new(new()
    {
        ServerAddress = Platform.ChatHub,
        AccessTokenProvider = _ => new((string?)null),
        Protocol = protocol,
        MaxReconnectWait = TimeSpan.Zero,
        OpenWebSocket = (address, _, cancellation) => OpenAsync(address, cancellation),
    });

    /// <param name="address">Of the hub.</param>
    /// <param name="cancellation">Of the attempt.</param>
    /// <param name="headers">What else the browser says.</param>
    public async Task<WebSocket> OpenAsync(Uri address, CancellationToken cancellation, params (string Name, string Value)[] headers)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", Pass.Cookie);
        foreach (var (name, value) in headers)
            socket.Options.SetRequestHeader(name, value);
        await socket.ConnectAsync(address, cancellation);
        return socket;
    }
}
