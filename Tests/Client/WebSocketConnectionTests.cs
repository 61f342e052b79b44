using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text;
using ChatHub.Client.Transport;
using Microsoft.AspNetCore.Connections;
using Xunit;

namespace ChatHub.Tests.Client;

/// <summary>The two ends of one WebSocket in memory: the SDK's connection on one, the test as the server on the other.</summary>
public sealed class WebSocketConnectionTests : IAsyncDisposable
{
    private readonly WebSocket _server;
    private readonly WebSocketConnection _connection;

    public WebSocketConnectionTests()
    {
        var (near, far) = Duplex.Pair();
        _server = WebSocket.CreateFromStream(far, new WebSocketCreationOptions { IsServer = true });
        _connection = new(WebSocket.CreateFromStream(near, new WebSocketCreationOptions()), TransferFormat.Binary, TimeProvider.System);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _server.Abort();
        await _connection.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task What_is_flushed_at_once_is_one_message_of_the_protocols_kind()
    {
        var sent = new byte[20_000];
        Random.Shared.NextBytes(sent);
        await _connection.Transport.Output.WriteAsync(sent, Token);

        var (kind, received) = await ReadMessageAsync();

        Assert.Equal(WebSocketMessageType.Binary, kind);
        Assert.Equal(sent, received);
    }

    [Fact]
    public async Task Fragments_arrive_as_one_stream()
    {
        await _server.SendAsync("one "u8.ToArray(), WebSocketMessageType.Binary, endOfMessage: false, Token);
        await _server.SendAsync("two"u8.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, Token);

        var read = await _connection.Transport.Input.ReadAtLeastAsync(7, Token);

        Assert.Equal("one two", Encoding.UTF8.GetString(read.Buffer.ToArray()));
    }

    [Fact]
    public async Task Disposing_sends_what_was_written_then_closes_and_waits_for_the_servers_close()
    {
        await _connection.Transport.Output.WriteAsync("bye"u8.ToArray(), Token);
        var disposing = _connection.DisposeAsync();

        Assert.Equal("bye"u8.ToArray(), (await ReadMessageAsync()).Bytes);
        Assert.Equal(WebSocketMessageType.Close, (await ReadMessageAsync()).Kind);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, _server.CloseStatus);
        Assert.False(disposing.IsCompleted);
        await _server.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Token);
        await disposing;
    }

    [Fact]
    public async Task A_normal_close_by_the_server_ends_the_input_and_is_answered()
    {
        await _server.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Token);

        Assert.True((await _connection.Transport.Input.ReadAsync(Token)).IsCompleted);
        Assert.Equal(WebSocketMessageType.Close, (await ReadMessageAsync()).Kind);
    }

    [Fact]
    public async Task A_close_with_an_error_status_fails_the_input()
    {
        await _server.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, "no", Token);

        var failure = await Assert.ThrowsAsync<IOException>(async () => await _connection.Transport.Input.ReadAsync(Token));

        Assert.Contains("PolicyViolation no", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Abort_ends_the_connection_at_once()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = _connection.ConnectionClosed.Register(closed.SetResult);

        _connection.Abort(new ConnectionAbortedException());

        await closed.Task.WaitAsync(Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _connection.Transport.Input.ReadAsync(Token));
    }

    private async Task<(WebSocketMessageType Kind, byte[] Bytes)> ReadMessageAsync()
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[4_096];
        while (true)
        {
            var part = await _server.ReceiveAsync(buffer.AsMemory(), Token);
            bytes.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return (part.MessageType, bytes.ToArray());
        }
    }

    /// <summary>Two streams, each reading what the other writes.</summary>
    private sealed class Duplex(PipeReader reader, PipeWriter writer) : Stream
    {
        private readonly Stream _reader = reader.AsStream();
        private readonly Stream _writer = writer.AsStream();

        public static (Stream Near, Stream Far) Pair()
        {
            var (there, back) = (new Pipe(), new Pipe());
            return (new Duplex(back.Reader, there.Writer), new Duplex(there.Reader, back.Writer));
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _reader.ReadAsync(buffer, cancellationToken);
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _writer.WriteAsync(buffer, cancellationToken);
        public override Task FlushAsync(CancellationToken cancellationToken) => _writer.FlushAsync(cancellationToken);
        public override void Flush() => throw new NotSupportedException();
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            _reader.Dispose();
            _writer.Dispose();
            base.Dispose(disposing);
        }
    }
}
