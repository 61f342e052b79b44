using System.Threading.RateLimiting;

namespace ChatHub.Server.Hosting;

/// <summary>Bounds exports, which read everything of a user: one of each user at a time, and a few of all.</summary>
public sealed class ExportGate : IDisposable
{
    private const int AtOnce = 4;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly PartitionedRateLimiter<long> _limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<long, long>(user => RateLimitPartition.GetConcurrencyLimiter(user, _ => Permit(1))),
        PartitionedRateLimiter.Create<long, bool>(_ => RateLimitPartition.GetConcurrencyLimiter(true, _ => Permit(AtOnce))));

    /// <summary>Held until the export ends. Throws rate_limited.</summary>
    public RateLimitLease Enter(long user)
    {
        var lease = _limiter.AttemptAcquire(user);
        if (lease.IsAcquired)
            return lease;
        lease.Dispose();
        throw Errors.RateLimited(RetryAfter);
    }

    public void Dispose() => _limiter.Dispose();

    private static ConcurrencyLimiterOptions Permit(int limit) => new() { PermitLimit = limit, QueueLimit = 0 };
}
