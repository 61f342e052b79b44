using System.Buffers;
using System.Net.WebSockets;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Tests.Protocol.Support;

/// <summary>A WebSocket to the hub, past its handshake for MessagePack, over which any bytes can be sent.</summary>
internal sealed class PackSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly ContractBinder _binder = new();
    private byte[] _received = [];

    public static async Task<PackSocket> ConnectAsync(ITestServer server, string token)
    {
        var socket = new PackSocket();
        var address = new UriBuilder(server.Address) { Scheme = "ws", Path = Limits.HubPath, Query = $"access_token={token}" }.Uri;
        await socket._socket.ConnectAsync(address, TestTimeouts.Token).SoonAsync();
        await socket.SendAsync((byte[])[.. "{\"protocol\":\"messagepack\",\"version\":1}"u8, 0x1e]);
        while (socket._received is not [.., 0x1e])
            await socket.ReceiveAsync();
        socket._received = [];
        return socket;
    }

    public Task SendAsync(ReadOnlyMemory<byte> bytes) => _socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, TestTimeouts.Token).AsTask().SoonAsync();

    /// <summary>The next message of a kind. Others are skipped; the end of the connection is an error.</summary>
    public async Task<T> ReceiveAsync<T>()
        where T : HubMessage
    {
        while (true)
        {
            var input = new ReadOnlySequence<byte>(_received);
            if (HubProtocols.Pack.TryParseMessage(ref input, _binder, out var message))
            {
                _received = input.ToArray();
                if (message is T expected)
                    return expected;
            }
            else
            {
                await ReceiveAsync();
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReceiveAsync()
    {
        var buffer = new byte[4096];
        var result = await _socket.ReceiveAsync(buffer.AsMemory(), TestTimeouts.Token).AsTask().SoonAsync();
        if (result.MessageType is WebSocketMessageType.Close)
            throw new WebSocketException("The server closed the connection.");
        _received = [.. _received, .. buffer.AsSpan(0, result.Count)];
    }
}
