using Microsoft.Extensions.Options;

namespace ChatHub.Server.Outbox.Webhooks;

/// <summary>The configured webhooks, and which of them want an event. Known at the start.</summary>
public sealed class WebhookEndpoints
{
    private readonly IReadOnlyList<long>[] _channelsOf;

    /// <param name="indexes">The numbers under <c>Webhooks</c>.</param>
    /// <param name="options">By index, as a name.</param>
    public WebhookEndpoints(WebhookIndexes indexes, IOptionsMonitor<WebhookOptions> options)
    {
        All = [.. indexes.All.Select(index => options.Get(WebhookIndexes.NameOf(index)))];
        _channelsOf = [.. Enum.GetValues<OutboxEventType>().Select(type => Channels(OutboxEventNames.Of(type)))];
    }

    public IReadOnlyList<WebhookOptions> All { get; }

    public IReadOnlyList<long> ChannelsOf(OutboxEventType type) => _channelsOf[(int)type];

    private IReadOnlyList<long> Channels(string name) =>
        [.. All.Where(webhook => webhook.Events.Count == 0 || webhook.Events.Contains(name)).Select(webhook => OutboxChannels.OfWebhook(webhook.Index))];
}
