using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace ChatHub.Client.Transport;

/// <summary>
/// A WebSocket as SignalR wants it: two pipes, and two loops that carry bytes between them and the socket. The pipes push
/// back when they are full. Whichever side ends first, the close handshake is completed, within <see cref="CloseTimeout"/>.
/// </summary>
internal sealed class WebSocketConnection : ConnectionContext
{
    public static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private const int ReadBytes = 4 * 1024;
    private static readonly PipeOptions Pipes = new(useSynchronizationContext: false);

    private readonly WebSocket _socket;
    private readonly WebSocketMessageType _kind;
    private readonly Pipe _incoming = new(Pipes);
    private readonly Pipe _outgoing = new(Pipes);
    private readonly CancellationTokenSource _abort;
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _pumping;

    public WebSocketConnection(WebSocket socket, TransferFormat format, TimeProvider time)
    {
        _socket = socket;
        _kind = format == TransferFormat.Binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
        _abort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        Transport = new HubSide(_incoming.Reader, _outgoing.Writer);
        ConnectionClosed = _closed.Token;
        _pumping = PumpAsync();
    }

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");
    public override IFeatureCollection Features { get; } = new FeatureCollection();
    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();
    public override IDuplexPipe Transport { get; set; }
    public override CancellationToken ConnectionClosed { get; set; }

    public override void Abort(ConnectionAbortedException abortReason) => _abort.Cancel();

    public override async ValueTask DisposeAsync()
    {
        await _outgoing.Writer.CompleteAsync().ConfigureAwait(false);
        await _incoming.Reader.CompleteAsync().ConfigureAwait(false);
        await _pumping.ConfigureAwait(false);
        _abort.Dispose();
        _closed.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private async Task PumpAsync()
    {
        var receiving = ReceiveAsync();
        var sending = SendAsync();
        await Task.WhenAny(receiving, sending).ConfigureAwait(false);

        // One direction is done: the other has a little time to finish, then the socket is cut.
        _abort.CancelAfter(CloseTimeout);
        _outgoing.Reader.CancelPendingRead();
        await Task.WhenAll(receiving, sending).ConfigureAwait(false);

        _socket.Dispose();
        await _closed.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Socket to hub, until the server's close frame. Its failure is what the hub reads at the pipe's end.</summary>
    private async Task ReceiveAsync()
    {
        Exception? failure = null;
        try
        {
            var writer = _incoming.Writer;
            var hubReads = true;
            while (true)
            {
                var received = await _socket.ReceiveAsync(writer.GetMemory(ReadBytes), _abort.Token).ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close)
                    break;

                // Once the hub has gone, what still arrives before the close frame is overwritten, not kept.
                if (!hubReads)
                    continue;
                writer.Advance(received.Count);
                hubReads = !(await writer.FlushAsync(_abort.Token).ConfigureAwait(false)).IsCompleted;
            }

            if (_socket.CloseStatus is not (WebSocketCloseStatus.NormalClosure or null))
                failure = new IOException($"The server closed the connection: {_socket.CloseStatus} {_socket.CloseStatusDescription}".TrimEnd());
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            failure = e;
        }

        await _incoming.Writer.CompleteAsync(failure).ConfigureAwait(false);
    }

    /// <summary>Hub to socket, then the close frame. What the hub flushes at once goes out as one WebSocket message.</summary>
    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                var read = await _outgoing.Reader.ReadAsync(_abort.Token).ConfigureAwait(false);
                if (read.IsCanceled)
                    break;

                var rest = read.Buffer;
                while (!rest.IsEmpty)
                {
                    var part = rest.First;
                    rest = rest.Slice(part.Length);
                    await _socket.SendAsync(part, _kind, endOfMessage: rest.IsEmpty, _abort.Token).ConfigureAwait(false);
                }

                _outgoing.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    break;
            }

            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _abort.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The receiving side then fails as well, and tells the hub.
            _socket.Abort();
        }

        await _outgoing.Reader.CompleteAsync().ConfigureAwait(false);
    }

    private sealed record HubSide(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
