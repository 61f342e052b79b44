using ChatHub.Contracts;

namespace ChatHub.Client.Transport;

/// <summary>
/// Exponential backoff with full jitter: each delay is drawn at random from a span that doubles up to a maximum, so that
/// the clients of a restarted server do not all reconnect at the same moment.
/// </summary>
/// <param name="Initial">The span of the first delay.</param>
/// <param name="Max">The largest span.</param>
internal sealed record Backoff(TimeSpan Initial, TimeSpan Max)
{
    // 2^30 spans exceed any maximum; more doublings would overflow.
    private const long MaxDoublings = 30;

    /// <param name="attempts">How many attempts have failed before, 0 or more.</param>
    public TimeSpan Next(long attempts)
    {
        var span = Initial * Math.Pow(2, Math.Min(attempts, MaxDoublings));
        return (span < Max ? span : Max) * Random.Shared.NextDouble();
    }

    /// <summary>The delay after a failure; the server's <c>retryAfter</c>, if the failure carries one, is added in front.</summary>
    public TimeSpan NextAfter(Exception? failure, long attempts) =>
        ((failure as ChatHubException)?.RetryAfter ?? TimeSpan.Zero) + Next(attempts);
}
