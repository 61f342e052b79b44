using ChatHub.Server.Delivery.Redis;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.StackExchangeRedis;

namespace ChatHub.Server.Delivery;

/// <summary>Registers delivery: for one instance, or with Redis between several.</summary>
public static class DeliveryServices
{
    public static IServiceCollection AddDelivery<THub>(this IServiceCollection services, RedisOptions redis)
        where THub : Hub
    {
        services.AddSingleton<LiveConnections>().AddSingleton<LocalDelivery>().AddSingleton<IDelivery, Delivery>()
            .AddSingleton<PresenceTracker>().AddSingleton<PresenceCoordinator>()
            .AddSingleton<HubLifetimeManager<THub>, UserLifetimeManager<THub>>().AddSingleton<RedisDatabase>();
        return redis.IsOff
            ? services.AddSingleton<IBackplane, NoBackplane>().AddSingleton<IPresenceRegistry, LocalPresenceRegistry>()
            : services.AddRedis<THub>();
    }

    private static IServiceCollection AddRedis<THub>(this IServiceCollection services)
        where THub : Hub
    {
        // Of the stock manager only what goes wrong with a message: the backplane logs connections itself.
        services.AddLogging(logging => logging.AddFilter(typeof(RedisHubLifetimeManager<>).Namespace, LogLevel.Warning));
        return services
            .AddSingleton<RedisPresence>().AddSingleton<IPresenceRegistry>(provider => provider.GetRequiredService<RedisPresence>())
            .AddSingleton<RedisBackplane<THub>>().AddSingleton<IBackplane>(provider => provider.GetRequiredService<RedisBackplane<THub>>())
            .AddHostedService(provider => provider.GetRequiredService<RedisBackplane<THub>>());
    }
}
