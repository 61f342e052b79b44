using ChatHub.Client.Transport;
using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>
/// Makes a call again and again, over reconnections and waits that the server asks for, until it is answered or refused
/// for good. Only for calls that may be repeated: reads, and sending with a <c>clientId</c>.
/// </summary>
internal sealed class EnduringCalls(Func<CancellationToken, IChatHub> hub, Link link, Backoff backoff, TimeProvider time)
{
    /// <exception cref="ChatHubException">Refused for good.</exception>
    public async Task<T> UntilAnsweredAsync<T>(Func<IChatHub, Task<T>> call, CancellationToken cancellationToken)
    {
        for (var failures = 0L; ; failures++)
        {
            await link.WhenConnectedAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await call(hub(cancellationToken)).ConfigureAwait(false);
            }
            catch (Exception e) when (MayPass(e))
            {
                await Task.Delay(backoff.NextAfter(e, failures), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether the same call may yet succeed without anybody doing anything.</summary>
    public static bool MayPass(Exception failure) =>
        failure is ChatHubUnreachableException or ChatHubException { Code: ErrorCodes.InternalError or ErrorCodes.RateLimited or ErrorCodes.Unavailable };
}
