using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Outbox;

/// <summary>
/// Delivers while this instance has the lease, each channel by itself, so that a slow one does not delay the others. While nothing waits
/// it only looks, once a second, and keeps no lease.
/// </summary>
public sealed class OutboxDispatcher(
    IDatabase database, OutboxStore store, OutboxLease lease, ChannelDispatchers channels, IOptions<OutboxOptions> options, IHostApplicationLifetime lifetime,
    TimeProvider time, ILogger<OutboxDispatcher> log) : BackgroundService
{
    private const string NotConfigured = "Its webhook is not configured.";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await HasAnyAsync(stoppingToken) && await lease.TryTakeAsync(stoppingToken))
                    await HoldAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                OutboxLog.PassFailed(log, e);
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }

    private Task<bool> HasAnyAsync(CancellationToken cancellation) => database.ReadAsync(store.HasAnyAsync, cancellation);

    /// <summary>Until nothing waits, the lease is lost or could not be renewed in time, or the server stops.</summary>
    private async Task HoldAsync(CancellationToken stoppingToken)
    {
        OutboxLog.LeaseTaken(log);
        var duration = options.Value.Lease;
        // Ends by itself before another instance may take over.
        using var term = new CancellationTokenSource(duration, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(term.Token, stoppingToken);
        var delivering = Task.WhenAll(channels.All.Select(channel => channel.RunAsync(both.Token)));
        var isLost = false;
        try
        {
            await BuryOrphansAsync(both.Token);
            do
            {
                await Task.Delay(duration / 3, time, both.Token);
                var began = time.GetTimestamp();
                if (isLost = !await lease.RenewAsync(both.Token))
                    break;
                term.CancelAfter(duration - time.GetElapsedTime(began));
            }
            while (await HasAnyAsync(both.Token));
        }
        catch (OperationCanceledException) when (both.IsCancellationRequested)
        {
            isLost = !stoppingToken.IsCancellationRequested;
        }
        finally
        {
            await term.CancelAsync();
            await delivering;
        }

        if (isLost)
            OutboxLog.LeaseLost(log);
        else
            await lease.ReleaseAsync();
    }

    private async Task BuryOrphansAsync(CancellationToken cancellation)
    {
        var known = channels.All.Select(channel => channel.Number).ToList();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var count = await database.WriteInStepsAsync(
            session => store.DieElsewhereAsync(session, known, now, NotConfigured), OutboxStore.Step, cancellation);
        if (count > 0)
            OutboxLog.Orphaned(log, count);
    }
}
