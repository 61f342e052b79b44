using ChatHub.Contracts;

namespace ChatHub.Client.Transport;

/// <summary>
/// Leaves a server that is draining after a random part of the time it gives, so that its clients do not all reconnect at
/// once. The socket is aborted, as if the connection had broken: SignalR reconnects only then.
/// </summary>
internal sealed class DrainingHandler(WebSocketConnector connector, TimeProvider time)
{
    public void OnServerDraining(ServerDraining e)
    {
        var delay = TimeSpan.FromSeconds(Math.Max(0, e.ReconnectWithinSeconds)) * Random.Shared.NextDouble();
        _ = LeaveAsync(connector.Current, delay);
    }

    private async Task LeaveAsync(object? connection, TimeSpan delay)
    {
        await Task.Delay(delay, time).ConfigureAwait(false);
        connector.Leave(connection);
    }
}
