using ChatHub.Client.Transport;
using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatHub.Client;

/// <summary>What all <see cref="HubCalls"/> of one client share.</summary>
internal sealed class HubCallContext(HubConnection connection, ChatHubClientOptions options, ConnectionMonitor monitor)
{
    public HubConnection Connection => connection;
    public ConnectionMonitor Monitor => monitor;
    public TimeProvider Time => options.TimeProvider;
    public TimeSpan MaxRateLimitWait => options.MaxRateLimitWait;
    public TimeSpan MaxReconnectWait => options.MaxReconnectWait;

    /// <summary>Receives every change that is, or is part of, a result: the calling connection gets it instead of the event.</summary>
    public Action<IVersioned>? OnResult { get; set; }
}
