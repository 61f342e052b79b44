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

    // Longer than a rolling restart: until its end there are instances that do not know a webhook which it adds.
    private static readonly TimeSpan OrphanAge = TimeSpan.FromHours(1);
    private static readonly TimeSpan OrphanInterval = TimeSpan.FromMinutes(10);

    private long? _orphansBuriedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await HasAnyAsync(stoppingToken))
                    await TryHoldAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                OutboxLog.PassFailed(log, e);
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }

    private Task<bool> HasAnyAsync(CancellationToken cancellation) => database.ReadAsync(store.HasAnyAsync, cancellation);

    private async Task TryHoldAsync(CancellationToken stoppingToken)
    {
        var began = time.GetTimestamp();
        if (await lease.TryTakeAsync(stoppingToken))
            await HoldAsync(began, stoppingToken);
    }

    /// <summary>Until nothing waits, the lease is lost or could not be renewed in time, or the server stops.</summary>
    private async Task HoldAsync(long began, CancellationToken stoppingToken)
    {
        OutboxLog.LeaseTaken(log);
        // Ends by itself before another instance may take over.
        using var term = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        Extend(term, began);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(term.Token, stoppingToken);
        var delivering = Task.WhenAll(channels.All.Select(channel => channel.RunAsync(both.Token)));
        var isLost = false;
        try
        {
            do
            {
                await BuryOrphansAsync(both.Token);
                await Task.Delay(options.Value.Lease / 3, time, both.Token);
                began = time.GetTimestamp();
                if (isLost = !await lease.RenewAsync(both.Token))
                    break;
                Extend(term, began);
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

    /// <summary>Another instance may count from the moment at which the lease was asked for. If nothing of it is left, it ends at once.</summary>
    private void Extend(CancellationTokenSource term, long began)
    {
        var left = options.Value.Lease - time.GetElapsedTime(began);
        if (left > TimeSpan.Zero)
            term.CancelAfter(left);
        else
            term.Cancel();
    }

    /// <summary>Now and then: what it looks for is an hour old.</summary>
    private async Task BuryOrphansAsync(CancellationToken cancellation)
    {
        if (_orphansBuriedAt is { } at && time.GetElapsedTime(at) < OrphanInterval)
            return;
        var known = channels.All.Select(channel => channel.Number).ToList();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var before = now - (long)OrphanAge.TotalMilliseconds;
        var count = await database.WriteInStepsAsync(
            session => store.DieElsewhereAsync(session, known, before, now, NotConfigured), OutboxStore.Step, cancellation);
        _orphansBuriedAt = time.GetTimestamp();
        if (count > 0)
            OutboxLog.Orphaned(log, count);
    }
}
