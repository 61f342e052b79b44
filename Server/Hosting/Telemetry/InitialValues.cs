using ChatHub.Server.Delivery;
using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Hosting.Telemetry;

/// <summary>
/// Gives counters the value 0 at the start. A series that first appears with its first event has no increase that an alert could
/// see, and a backplane that was never there has no value that could be 0.
/// </summary>
internal sealed class InitialValues(IOptions<RedisOptions> redis) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        StorageMetrics.Queued.Add(0);
        StorageMetrics.Outages.Add(0);
        DeliveryMetrics.Connections.Add(0);
        DeliveryMetrics.Pushes.Add(0);
        DeliveryMetrics.Dropped.Add(0);
        DeliveryMetrics.Resyncs.Add(0);
        if (!redis.Value.IsOff)
            AddBackplane();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void AddBackplane()
    {
        DeliveryMetrics.BackplaneUp.Add(0);
        DeliveryMetrics.BackplaneOutages.Add(0);
        DeliveryMetrics.BackplanePublishes.Add(0);
        DeliveryMetrics.BackplaneDropped.Add(0);
    }
}
