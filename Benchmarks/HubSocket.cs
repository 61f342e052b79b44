using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatHub.Contracts;

namespace ChatHub.Benchmarks;

/// <summary>
/// A hub connection made of a WebSocket and the JSON hub protocol, nothing else: it costs the driver little, and the
/// same for every server. Records that no <see cref="InvokeAsync"/> awaits go to <see cref="Listener"/>.
/// </summary>
public sealed class HubSocket : IAsyncDisposable
{
    private const int FirstBufferBytes = 4096;
    private const int MaxBufferBytes = 2 * Limits.HubMessageBytes;
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(30);
    private static readonly byte[] Handshake = Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e");
    private static readonly byte[] Ping = Encoding.UTF8.GetBytes("{\"type\":6}\u001e");

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<byte[]>> _waiting = new(StringComparer.Ordinal);
    private byte[] _buffer = new byte[FirstBufferBytes];
    private Task _running = Task.CompletedTask;
    private int _start;
    private int _end;
    private long _lastId;

    private HubSocket() => _socket.Options.KeepAliveInterval = TimeSpan.Zero;

    public delegate ValueTask RecordListener(HubRecord record);

    /// <summary>Called for one record after the other; the socket reads on when it is done.</summary>
    public RecordListener? Listener { get; set; }

    /// <summary>Called once if the connection ends by anything but disposal.</summary>
    public Action<Exception>? Lost { get; set; }

    /// <param name="server">Where.</param>
    /// <param name="accessToken">Whose.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <param name="listener">Gets every record, the first included.</param>
    public static async Task<HubSocket> ConnectAsync(
        Uri server, string accessToken, CancellationToken cancellation, RecordListener? listener = null)
    {
        var address = new UriBuilder(server)
        {
            Scheme = "ws",
            Path = Limits.HubPath,
            Query = "access_token=" + Uri.EscapeDataString(accessToken),
        };
        var hub = new HubSocket { Listener = listener };
        await hub._socket.ConnectAsync(address.Uri, cancellation);
        await hub.SendAsync(Handshake);
        var response = await hub.NextAsync();
        if (!response.Span.SequenceEqual("{}"u8))
            throw new BenchmarkException($"the handshake response was {Encoding.UTF8.GetString(response.Span)}");
        hub._running = Task.WhenAll(hub.ReadAsync(), hub.PingAsync());
        return hub;
    }

    /// <summary>Sends one record (its separator included) as one WebSocket message.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> record)
    {
        await _sending.WaitAsync(_stop.Token);
        try
        {
            await _socket.SendAsync(record, WebSocketMessageType.Text, endOfMessage: true, _stop.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Calls a hub method and waits for its result.</summary>
    public async Task<TResult> InvokeAsync<TInput, TResult>(
        string method, TInput input, JsonTypeInfo<TInput> inputType, JsonTypeInfo<TResult> resultType)
    {
        // A letter in front keeps these ids apart from the numbers that listeners count with.
        var id = "i" + Interlocked.Increment(ref _lastId);
        var completion = _waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
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
                await DispatchAsync(await NextAsync());
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed.
        }
        catch (Exception failure) when (failure is WebSocketException or BenchmarkException or JsonException)
        {
            Lost?.Invoke(failure);
            foreach (var (_, waiter) in _waiting)
                waiter.TrySetException(failure);
        }
    }

    private ValueTask DispatchAsync(ReadOnlyMemory<byte> json)
    {
        var record = HubRecord.Parse(json.Span);
        if (record.Type == HubRecord.Close)
            throw new BenchmarkException($"the server closed a connection: {record.Error}");
        if (record.Type == HubRecord.Completion && !_waiting.IsEmpty && Complete(record))
            return ValueTask.CompletedTask;
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

    /// <summary>The next record, without its separator; valid until the next call.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> NextAsync()
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start.._end).IndexOf(HubRecord.Separator);
            if (length >= 0)
            {
                var record = _buffer.AsMemory(_start, length);
                _start += length + 1;
                return record;
            }

            await FillAsync();
        }
    }

    private async ValueTask FillAsync()
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == MaxBufferBytes)
            throw new BenchmarkException($"a record of more than {MaxBufferBytes} bytes");
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _end);
        var received = await _socket.ReceiveAsync(_buffer.AsMemory(_end), _stop.Token);
        if (received.MessageType == WebSocketMessageType.Close)
            throw new BenchmarkException($"a connection was closed: {_socket.CloseStatus} {_socket.CloseStatusDescription}");
        _end += received.Count;
    }

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(PingEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
                await SendAsync(Ping);
        }
        catch (Exception failure) when (failure is OperationCanceledException or WebSocketException)
        {
            // Disposed, or lost: then the reading side reports it.
        }
    }
}
