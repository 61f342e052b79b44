using System.Threading.RateLimiting;

namespace ChatHub.Server.Common;

/// <summary>Bounds what costs much CPU or memory (hashing a password, decoding a picture): so many at once, a queue, and then a refusal.</summary>
public sealed class WorkGate : IDisposable
{
    private const int QueueLimit = 100;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrencyLimiter _limiter = new(new()
    {
        PermitLimit = Math.Max(1, Environment.ProcessorCount),
        QueueLimit = QueueLimit,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Runs the work when it is its turn. Throws rate_limited when too many wait already.</summary>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var lease = await _limiter.AcquireAsync(1, cancellation);
        return lease.IsAcquired ? work() : throw Errors.RateLimited(RetryAfter);
    }

    public void Dispose() => _limiter.Dispose();
}
