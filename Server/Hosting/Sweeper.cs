using ChatHub.Server.Conversations;
using ChatHub.Server.Conversations.Idempotency;
using ChatHub.Server.People.Accounts;
using ChatHub.Server.Requests;
using ChatHub.Server.Safety;
using ChatHub.Server.Safety.Moderation;
using ChatHub.Server.Safety.Reports;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Hosting;

/// <summary>The server's own housekeeping, every 20 seconds: requests and bans whose time is over, sessions, idempotency keys and
/// audit entries that have run out, texts and clearings that can no longer be reported, usernames that are free again,
/// limits that are full again, and what <see cref="RetentionOptions"/> no longer keeps.</summary>
public sealed class Sweeper(
    RequestExpirySweeper expiry, BanService bans, SessionService sessions, AuditService audit, RetiredUsernameStore retired, RateLimits limits, IDatabase database,
    MessageExpiry messages, RequestRetention requests, EndedRequestStore ended, EvidenceRetention evidence, IdempotencyStore keys, EarlierTextStore earlierTexts, ClearingStore clearings, IHostApplicationLifetime lifetime,
    TimeProvider time, ILogger<Sweeper> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                limits.Forget();
                await expiry.SweepAsync(stoppingToken);
                await bans.SweepAsync(stoppingToken);
                await sessions.PruneAsync(stoppingToken);
                await audit.PruneAsync(stoppingToken);
                await keys.SweepAsync(stoppingToken);
                await PruneAsync(earlierTexts.PruneAsync, EarlierTextStore.PruneStep, stoppingToken);
                await PruneAsync(clearings.PruneAsync, ClearingStore.PruneStep, stoppingToken);
                await PruneAsync(retired.PruneAsync, RetiredUsernameStore.PruneStep, stoppingToken);
                await messages.SweepAsync(stoppingToken);
                await requests.SweepAsync(stoppingToken);
                await PruneAsync(ended.PruneAsync, EndedRequestStore.PruneStep, stoppingToken);
                await evidence.SweepAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                HostingLog.SweepFailed(log, e);
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }

    /// <summary>Step by step: a long absence may have left many rows.</summary>
    private Task<int> PruneAsync(Func<DbSession, long, Task<int>> prune, int step, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return database.WriteInStepsAsync(session => prune(session, now), step, cancellation);
    }
}
