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
            foreach (var (name, sweepAsync) in Steps())
                await TryAsync(name, sweepAsync, stoppingToken);
            await Task.Delay(Interval, time, stoppingToken);
        }
    }

    private (string Name, Func<CancellationToken, Task> SweepAsync)[] Steps() =>
    [
        ("rate limits", ForgetLimitsAsync),
        ("expired requests", expiry.SweepAsync),
        ("bans", bans.SweepAsync),
        ("sessions", sessions.PruneAsync),
        ("the audit", audit.PruneAsync),
        ("idempotency keys", keys.SweepAsync),
        ("earlier texts", Pruning(earlierTexts.PruneAsync, EarlierTextStore.PruneStep)),
        ("clearings", Pruning(clearings.PruneAsync, ClearingStore.PruneStep)),
        ("retired usernames", Pruning(retired.PruneAsync, RetiredUsernameStore.PruneStep)),
        ("expired messages", messages.SweepAsync),
        ("old requests", requests.SweepAsync),
        ("ended requests", Pruning(ended.PruneAsync, EndedRequestStore.PruneStep)),
        ("evidence", evidence.SweepAsync),
    ];

    /// <summary>One that keeps failing must not stop the others.</summary>
    private async Task TryAsync(string name, Func<CancellationToken, Task> sweepAsync, CancellationToken stoppingToken)
    {
        try
        {
            await sweepAsync(stoppingToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            HostingLog.SweepFailed(log, name, e);
        }
    }

    private Task ForgetLimitsAsync(CancellationToken cancellation)
    {
        limits.Forget();
        return Task.CompletedTask;
    }

    /// <summary>Step by step: a long absence may have left many rows.</summary>
    private Func<CancellationToken, Task> Pruning(Func<DbSession, long, Task<int>> prune, int step) => cancellation =>
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return database.WriteInStepsAsync(session => prune(session, now), step, cancellation);
    };
}
