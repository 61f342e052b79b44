using System.Net.Sockets;

namespace ChatHub.Tests.Faults;

/// <summary>One connection through the <see cref="TcpProxy"/>: two loops that carry bytes, and the faults that befall them.</summary>
internal sealed class ProxiedConnection(Socket client) : IDisposable
{
    private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Lock _gate = new();
    private TaskCompletionSource _flowing = Flowing();

    public async Task RunAsync(Uri target, CancellationToken cancellation)
    {
        try
        {
            client.NoDelay = true;
            await _server.ConnectAsync(target.Host, target.Port, cancellation);
            await Task.WhenAll(CarryAsync(client, _server, cancellation), CarryAsync(_server, client, cancellation));
        }
        catch (Exception e) when (IsEnd(e))
        {
            // No server listens there, or the test has ended.
        }

        Dispose();
    }

    public void Dispose() => Cut();

    public void Cut()
    {
        Resume();
        client.Close(timeout: 0);
        _server.Close(timeout: 0);
    }

    public void Stall()
    {
        lock (_gate)
        {
            if (_flowing.Task.IsCompleted)
                _flowing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Resume()
    {
        lock (_gate)
            _flowing.TrySetResult();
    }

    public void HalfClose(bool towardsClient)
    {
        try
        {
            (towardsClient ? client : _server).Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (IsEnd(e))
        {
            // It has ended already.
        }
    }

    private async Task CarryAsync(Socket from, Socket to, CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, cancellation) is > 0 and var count)
            {
                await WhenFlowing().WaitAsync(cancellation);
                await to.SendAsync(buffer.AsMemory(0, count), cancellation);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (IsEnd(e))
        {
            // A direction that cannot be carried on ends the whole connection.
            Cut();
        }
    }

    private Task WhenFlowing()
    {
        lock (_gate)
            return _flowing.Task;
    }

    private static TaskCompletionSource Flowing()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        source.SetResult();
        return source;
    }

    private static bool IsEnd(Exception e) => e is SocketException or ObjectDisposedException or OperationCanceledException;
}
