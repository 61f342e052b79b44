using ChatHub.Server.Outbox.Push;

namespace ChatHub.Server.Outbox;

/// <summary>Registers the module.</summary>
public static class OutboxServices
{
    public static IServiceCollection AddOutbox(this IServiceCollection services) => services
        .AddPush();

    private static IServiceCollection AddPush(this IServiceCollection services) => services
        .AddSingleton<VapidKeys>()
        .AddSingleton<PushSubscriptionStore>()
        .AddSingleton<PushSubscriptionService>();
}
