using ChatHub.Server.Storage;

namespace ChatHub.Server.Outbox;

/// <summary>Reads the backlog for its gauges, every 5 seconds, while metrics are exported. A gauge is read without awaiting, the database is not.</summary>
public sealed class OutboxSampler(IDatabase database, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<OutboxSampler> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (OutboxMetrics.IsEnabled)
                    OutboxMetrics.Record(await OutboxBacklog.ReadAsync(database, time, stoppingToken));
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                OutboxLog.PassFailed(log, e);
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }
}
