using ChatHub.Client.Transport;
using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>
/// Repeats a call, across reconnections and the server's <c>retryAfter</c>, until it succeeds or is refused permanently.
/// For idempotent calls only: reads, and sending with a <c>clientId</c>.
/// </summary>
internal sealed class RetryingCaller(Func<CancellationToken, IChatHub> hub, ConnectionMonitor monitor, Backoff backoff, TimeProvider time)
{
    /// <exception cref="ChatHubException">Refused permanently.</exception>
    public async Task<T> InvokeAsync<T>(Func<IChatHub, Task<T>> call, CancellationToken cancellationToken)
    {
        for (var failures = 0L; ; failures++)
        {
            await monitor.WaitForConnectionAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await call(hub(cancellationToken)).ConfigureAwait(false);
            }
            catch (Exception e) when (IsTransient(e))
            {
                await Task.Delay(backoff.NextAfter(e, failures), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether the same call may succeed later.</summary>
    public static bool IsTransient(Exception failure) =>
        failure is ChatHubUnreachableException or ChatHubException { Code: ErrorCodes.InternalError or ErrorCodes.RateLimited or ErrorCodes.Unavailable };
}
