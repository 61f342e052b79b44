using ChatHub.Contracts;

namespace ChatHub.Client.Transport;

/// <summary>
/// Leaves a server that is shutting down, after a random part of the time that it gives, so that its clients do not all
/// arrive elsewhere at once. The connection ends as if it had broken: SignalR connects anew.
/// </summary>
internal sealed class DrainingNotice(WebSocketConnectionFactory connections, TimeProvider time)
{
    public void Heed(ServerDraining notice)
    {
        var wait = TimeSpan.FromSeconds(Math.Max(0, notice.ReconnectWithinSeconds)) * Random.Shared.NextDouble();
        _ = LeaveAsync(connections.Current, wait);
    }

    private async Task LeaveAsync(object? connection, TimeSpan wait)
    {
        await Task.Delay(wait, time).ConfigureAwait(false);
        connections.Leave(connection);
    }
}
