using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ChatHub.Tests.Tds;

/// <summary>
/// Stands between a SQL Server client and a server, reads its requests, and does to chosen requests what their rule says.
/// Listens on loopback. Nothing is encrypted behind or before it.
/// </summary>
public sealed class TdsProxy : IAsyncDisposable
{
    private readonly DnsEndPoint _server;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<TdsConnection, Task> _connections = [];
    private readonly ConcurrentQueue<TdsRequest> _requests = [];
    private volatile TdsRule[] _rules = [];
    private TcpListener _listener = new(IPAddress.Loopback, 0);

    // Keeps the port while nothing listens on it.
    private Socket? _reserved;
    private Task _accepting;

    /// <param name="host">Of the server.</param>
    /// <param name="port">Of the server.</param>
    public TdsProxy(string host, int port)
    {
        _server = new(host, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>On 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>How many connections there have been.</summary>
    public int Accepted { get; private set; }

    /// <summary>How many connections are open.</summary>
    public int Connections => _connections.Count;

    /// <summary>Whether <see cref="Requests"/> is filled: a long run would fill the memory.</summary>
    public bool RecordsRequests { get; init; } = true;

    /// <summary>Every request so far, intercepted or not.</summary>
    public IReadOnlyCollection<TdsRequest> Requests => _requests;

    /// <summary>Adds a rule. The first rule that applies to a request is the one that is carried out.</summary>
    public TdsRule On(Func<TdsRequest, bool> matches, TdsAction action, int times = int.MaxValue)
    {
        var rule = new TdsRule(matches, action, times);
        _rules = [.. _rules, rule];
        return rule;
    }

    /// <summary>Breaks every connection.</summary>
    public void Cut()
    {
        foreach (var connection in _connections.Keys)
            connection.Cut();
    }

    /// <summary>The server is gone: connections break, and new ones are refused, until <see cref="BringUp"/>.</summary>
    public async Task TakeDownAsync()
    {
        _listener.Dispose();
        await _accepting;
        _reserved = new(SocketType.Stream, ProtocolType.Tcp);
        _reserved.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        Cut();
    }

    public void BringUp()
    {
        _reserved?.Dispose();
        _listener = new(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        Cut();
        await Task.WhenAll(_connections.Values);
        _reserved?.Dispose();
        _stopping.Dispose();
    }

    internal TdsRule? Meet(TdsRequest request)
    {
        if (RecordsRequests)
            _requests.Enqueue(request);
        return Array.Find(_rules, rule => rule.Applies(request));
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync(_stopping.Token);
                var connection = new TdsConnection(this, client, ++Accepted);
                _connections[connection] = RunAsync(connection);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task RunAsync(TdsConnection connection)
    {
        // Listed before it can end.
        await Task.Yield();
        await connection.RunAsync(_server, _stopping.Token);
        _connections.TryRemove(connection, out _);
    }
}
