using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ChatHub.Tests.Faults;

/// <summary>A TCP proxy on loopback that does to its connections what networks do.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly Uri _target;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<ProxiedConnection, Task> _connections = [];
    private readonly Task _accepting;
    private volatile bool _isStalled;

    public TcpProxy(Uri target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>How many connections there have been.</summary>
    public int Accepted { get; private set; }

    /// <summary>Resets every connection: both sides get an error.</summary>
    public void Cut() => Do(connection => connection.Cut());

    /// <summary>Stalls all connections, new ones too, without closing them, until <see cref="Resume"/>.</summary>
    public void Stall()
    {
        _isStalled = true;
        Do(connection => connection.Stall());
    }

    public void Resume()
    {
        _isStalled = false;
        Do(connection => connection.Resume());
    }

    /// <summary>Closes one direction only: the client can still send but receives nothing; or the reverse.</summary>
    public void HalfClose(bool towardsClient) => Do(connection => connection.HalfClose(towardsClient));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private void Do(Action<ProxiedConnection> fault)
    {
        foreach (var connection in _connections.Keys)
            fault(connection);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stopping.Token);
                Accepted++;
                var connection = new ProxiedConnection(client);
                if (_isStalled)
                    connection.Stall();
                _connections[connection] = RunAsync(connection);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task RunAsync(ProxiedConnection connection)
    {
        await connection.RunAsync(_target, _stopping.Token);
        _connections.TryRemove(connection, out _);
    }
}
