using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatHub.Client;

/// <summary>What all <see cref="HubCalls"/> of one client share.</summary>
internal sealed class HubLink(HubConnection connection, ChatHubClientOptions options, Link link)
{
    public HubConnection Connection => connection;
    public Link Link => link;
    public TimeProvider Time => options.TimeProvider;
    public TimeSpan LongestRateLimitWait => options.LongestRateLimitWait;
    public TimeSpan LongestReconnectWait => options.LongestReconnectWait;

    /// <summary>Told of every answer that is a change: the calling connection gets it instead of the event.</summary>
    public Action<IVersioned>? Answered { get; set; }
}
