using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatHub.Server.Delivery;

/// <summary>
/// A live connection as the stock manager knows it: what other instances publish goes into the connection's own bounded
/// queue, so that the manager never waits for a socket. It has no transport of its own.
/// </summary>
internal sealed class RelayConnection(LiveConnection live, IHubProtocol json) : HubConnectionContext(
    new DefaultConnectionContext(live.Id), Options, NullLoggerFactory.Instance)
{
    private static readonly HubConnectionContextOptions Options = new() { KeepAliveInterval = Timeout.InfiniteTimeSpan };

    public override ValueTask WriteAsync(SerializedHubMessage message, CancellationToken cancellationToken = default)
    {
        live.Send(message, EventVersion.Read(message, json));
        return ValueTask.CompletedTask;
    }

    public override ValueTask WriteAsync(HubMessage message, CancellationToken cancellationToken = default) =>
        WriteAsync(new SerializedHubMessage(message), cancellationToken);
}
