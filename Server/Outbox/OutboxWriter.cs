using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Outbox.Webhooks;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Outbox;

/// <summary>
/// Writes entries in the transaction of the change that they belong to: they are there if and only if the change is. Where nothing
/// wants an event nothing is written: what webhooks want is known at the start, and a user without push subscriptions by a column
/// that the command reads anyway.
/// </summary>
public sealed class OutboxWriter(OutboxStore store, WebhookEndpoints webhooks, IOptions<OutboxOptions> options)
{
    /// <summary>Whether a webhook wants it.</summary>
    public bool IsWanted(OutboxEventType type) => webhooks.ChannelsOf(type).Count > 0;

    public ValueTask AddAsync(Change change, OutboxEvent e) =>
        e.HasPush || IsWanted(e.Type) ? AddWantedAsync(change, e) : default;

    private async ValueTask AddWantedAsync(Change change, OutboxEvent e)
    {
        var dueAt = options.Value.DueAt(e.Type, change.NowMs);
        var isSuppressed = e is { Type: OutboxEventType.RequestReceived, Folder: null };
        foreach (var channel in webhooks.ChannelsOf(e.Type))
            await store.AddAsync(change.Session, channel, isSuppressed ? OutboxEventType.Void : e.Type, e, change.NowMs, dueAt);

        var isNotified = e.Type != OutboxEventType.RequestReceived || e.Folder == RequestFolder.Main;
        if (e.HasPush)
            await store.AddAsync(change.Session, OutboxChannels.Push, isNotified ? e.Type : OutboxEventType.Void, e, change.NowMs, dueAt);
    }
}
