using ChatHub.Contracts;

namespace ChatHub.Server.Outbox.Push;

/// <summary>A row of push_subscriptions.</summary>
public sealed record PushSubscriptionRow
{
    public long SubscriptionKey { get; init; }
    public long UserKey { get; init; }
    public string DeviceId { get; init; } = "";
    public long? SessionKey { get; init; }
    public string Endpoint { get; init; } = "";
    public string EndpointHash { get; init; } = "";
    public string P256dh { get; init; } = "";
    public string Auth { get; init; } = "";
    public long PutAt { get; init; }

    public ExportPushSubscription ToExport() =>
        new() { Id = DeviceId, Endpoint = Endpoint, PutAt = PutAt.ToInstant() };
}
