using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatHub.Contracts;

namespace ChatHub.Benchmarks.Wires;

/// <summary>
/// A connection made of a WebSocket and a <see cref="Wire"/>, nothing else: it costs the driver little, and the
/// same for every server. Records that no <see cref="InvokeAsync"/> awaits go to <see cref="Listener"/>.
/// </summary>
public sealed class HubSocket : IAsyncDisposable
{
    private const int FirstBufferBytes = 4096;
    private const int MaxBufferBytes = 2 * Limits.HubMessageBytes;

    // As the clients of SignalR do.
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(30);

    private readonly Wire _wire;
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<byte[]>> _waiting = new(StringComparer.Ordinal);
    private byte[] _buffer = new byte[FirstBufferBytes];
    private Task _running = Task.CompletedTask;
    private int _start;
    private int _end;
    private long _lastId;
    private volatile Exception? _failure;

    private HubSocket(Wire wire)
    {
        _wire = wire;
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
    }

    /// <summary>Where the first record of a buffer lies: see <see cref="Wire.Next"/>.</summary>
    public delegate int Framing(ReadOnlySpan<byte> buffer, out Range record);

    public delegate ValueTask RecordListener(HubRecord record);

    /// <summary>Called for one record after the other; the socket reads on when it is done.</summary>
    public RecordListener? Listener { get; set; }

    /// <summary>Called once if the connection ends by anything but disposal.</summary>
    public Action<Exception>? Lost { get; set; }

    /// <summary>Records are read and sent as this says.</summary>
    public Wire Wire => _wire;

    /// <param name="server">Where.</param>
    /// <param name="accessToken">Whose.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <param name="listener">Gets every record, the first included.</param>
    /// <param name="wire">The JSON hub protocol, unless another is named.</param>
    public static async Task<HubSocket> ConnectAsync(
        Uri server, string accessToken, CancellationToken cancellation, RecordListener? listener = null, Wire? wire = null)
    {
        var hub = new HubSocket(wire ?? Wire.Json) { Listener = listener };
        try
        {
            await hub._socket.ConnectAsync(hub._wire.Address(server, accessToken), cancellation);
            await hub._wire.HandshakeAsync(hub, accessToken);
        }
        catch
        {
            hub._socket.Dispose();
            throw;
        }

        hub._running = Task.WhenAll(hub.ReadAsync(), hub.PingAsync());
        return hub;
    }

    /// <summary>Reads the next record of a handshake.</summary>
    /// <param name="beginning">How it must begin.</param>
    /// <param name="framing">The wire's own, unless the handshake has another.</param>
    public async Task ExpectAsync(string beginning, Framing? framing = null)
    {
        var response = Encoding.UTF8.GetString((await NextAsync(framing ?? _wire.Next)).Span);
        if (!response.StartsWith(beginning, StringComparison.Ordinal))
            throw new BenchmarkException($"the handshake response was {response}");
    }

    /// <summary>Sends one record (its separator included) as one WebSocket message.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> record)
    {
        await _sending.WaitAsync(_stop.Token);
        try
        {
            await _socket.SendAsync(record, _wire.MessageType, endOfMessage: true, _stop.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Calls a hub method over the JSON hub protocol and waits for its result.</summary>
    public async Task<TResult> InvokeAsync<TInput, TResult>(
        string method, TInput input, JsonTypeInfo<TInput> inputType, JsonTypeInfo<TResult> resultType)
    {
        // A letter in front keeps these ids apart from the numbers that listeners count with.
        var id = "i" + Interlocked.Increment(ref _lastId);
        var completion = _waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        // After it is among those who wait: one of the two sees the other.
        if (_failure is { } failure)
            throw failure;
        var argument = JsonSerializer.Serialize(input, inputType);
        await SendAsync(Encoding.UTF8.GetBytes(
            $"{{\"type\":1,\"invocationId\":\"{id}\",\"target\":\"{method}\",\"arguments\":[{argument}]}}\u001e"));
        var result = await completion.Task.WaitAsync(ResponseTimeout);
        return JsonSerializer.Deserialize(result, resultType)
            ?? throw new BenchmarkException($"{method} returned null");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _socket.Dispose();
        _sending.Dispose();
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
                await DispatchAsync(await NextAsync(_wire.Next));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed.
        }
        catch (Exception failure) when (failure is WebSocketException or BenchmarkException or JsonException)
        {
            _failure = failure;
            Lost?.Invoke(failure);
            foreach (var (_, waiter) in _waiting)
                waiter.TrySetException(failure);
        }
    }

    private ValueTask DispatchAsync(ReadOnlyMemory<byte> bytes)
    {
        var record = _wire.Parse(bytes);
        if (record.Type == HubRecord.Close)
            throw new BenchmarkException($"the server closed a connection: {record.Error}");
        if (record.Type == HubRecord.Completion && !_waiting.IsEmpty && Complete(record))
            return ValueTask.CompletedTask;
        if (record.Type == HubRecord.Ping)
            return _wire.Pong.IsEmpty ? ValueTask.CompletedTask : SendAsync(_wire.Pong);
        return Listener?.Invoke(record) ?? ValueTask.CompletedTask;
    }

    private bool Complete(HubRecord record)
    {
        if (!_waiting.TryRemove(Encoding.ASCII.GetString(record.InvocationId), out var waiter))
            return false;
        if (record.Error is { } error)
            waiter.TrySetException(new BenchmarkException(error));
        else
            waiter.TrySetResult(record.Payload.ToArray());
        return true;
    }

    /// <summary>The next record, without its framing; valid until the next call.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> NextAsync(Framing framing)
    {
        while (true)
        {
            var length = framing(_buffer.AsSpan(_start.._end), out var range);
            if (length > 0)
            {
                var record = _buffer.AsMemory(_start, length)[range];
                _start += length;
                return record;
            }

            await FillAsync();
        }
    }

    private async ValueTask FillAsync()
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end + 1 >= MaxBufferBytes)
            throw new BenchmarkException($"a record of more than {MaxBufferBytes} bytes");
        // One byte stays free for a separator.
        if (_end + 1 >= _buffer.Length)
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        var received = await _socket.ReceiveAsync(_buffer.AsMemory(_end.._buffer.Length)[..^1], _stop.Token);
        if (received.MessageType == WebSocketMessageType.Close)
            throw new BenchmarkException($"a connection was closed: {_socket.CloseStatus} {_socket.CloseStatusDescription}");
        _end += received.Count;
        if (_wire.MessageIsRecord && received.EndOfMessage)
            _buffer[_end++] = JsonText.Separator;
    }

    private async Task PingAsync()
    {
        if (_wire.Ping.IsEmpty)
            return;
        using var timer = new PeriodicTimer(PingEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
                await SendAsync(_wire.Ping);
        }
        catch (Exception failure) when (failure is OperationCanceledException or WebSocketException)
        {
            // Disposed, or lost: then the reading side reports it.
        }
    }
}
