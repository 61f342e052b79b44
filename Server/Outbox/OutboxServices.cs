using ChatHub.Server.Delivery;
using ChatHub.Server.Outbox.Push;
using ChatHub.Server.Outbox.Webhooks;
using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Outbox;

/// <summary>Registers the module.</summary>
public static class OutboxServices
{
    public static IServiceCollection AddOutbox(this IServiceCollection services) => services
        .AddSingleton<OutboxStore>()
        .AddSingleton<DeadLetterStore>()
        .AddSingleton<OutboxWriter>()
        .AddSingleton<OutboxLease>()
        .AddSingleton<WebhookEndpoints>()
        .AddSingleton(Dispatchers)
        .AddPush()
        .AddHostedService<OutboxDispatcher>()
        .AddHostedService<OutboxSampler>();

    private static IServiceCollection AddPush(this IServiceCollection services) => services
        .AddSingleton<VapidKeys>()
        .AddSingleton<PushSubscriptionStore>()
        .AddSingleton<PushSubscriptionService>()
        .AddSingleton<PushChannel>();

    private static ChannelDispatchers Dispatchers(IServiceProvider provider)
    {
        var webhooks = provider.GetRequiredService<WebhookEndpoints>().All.Select(webhook => new WebhookChannel(
            webhook, provider.GetRequiredService<IOptions<OutboxOptions>>(), provider.GetRequiredService<IDatabase>(), provider.GetRequiredService<TimeProvider>()));
        return new([.. webhooks.Append<IOutboxChannel>(provider.GetRequiredService<PushChannel>()).Select(Dispatcher)]);

        ChannelDispatcher Dispatcher(IOutboxChannel channel) => new(
            channel,
            provider.GetRequiredService<IDatabase>(),
            provider.GetRequiredService<OutboxStore>(),
            provider.GetRequiredService<PresenceCoordinator>(),
            provider.GetRequiredService<IOptions<OutboxOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<OutboxDispatcher>>());
    }
}
