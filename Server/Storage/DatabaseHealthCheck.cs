using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatHub.Server.Storage;

/// <summary>
/// Whether the database can be read and written. A write is tried every few seconds at most while it succeeds, and at each
/// check while it does not: a disk that is full and a file that was moved away can still be read.
/// </summary>
public sealed class DatabaseHealthCheck(IDatabase database, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(5);

    // The timestamp of the last write that succeeded; 0 after one that did not.
    private long _wroteAt;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // A command that has begun is carried through: only the check stops waiting for it.
        await database.ReadAsync(ProbeStore.ReadAsync, cancellationToken).WaitAsync(cancellationToken);
        if (Interlocked.Read(ref _wroteAt) is > 0 and var at && time.GetElapsedTime(at) < WriteEvery)
            return HealthCheckResult.Healthy();
        Interlocked.Exchange(ref _wroteAt, 0);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await database.WriteAsync(LockScope.None, session => ProbeStore.WriteAsync(session, now), committed: null, cancellationToken)
            .WaitAsync(cancellationToken);
        Interlocked.Exchange(ref _wroteAt, time.GetTimestamp());
        return HealthCheckResult.Healthy();
    }
}
