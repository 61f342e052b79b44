using ChatHub.Contracts;

namespace ChatHub.Client.Transport;

/// <summary>
/// How long to wait before trying again: drawn at random from a span that doubles up to a longest one, so that after a
/// server's restart its clients do not all come back at the same moment.
/// </summary>
/// <param name="First">The span of the first wait.</param>
/// <param name="Longest">The longest span.</param>
internal sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    // 2^30 spans are longer than any longest one; more would overflow.
    private const long MostDoublings = 30;

    /// <param name="attempts">How many attempts have failed before, 0 or more.</param>
    public TimeSpan Next(long attempts)
    {
        var span = First * Math.Pow(2, Math.Min(attempts, MostDoublings));
        return (span < Longest ? span : Longest) * Random.Shared.NextDouble();
    }

    /// <summary>The same after a failure, which may ask for a wait of its own.</summary>
    public TimeSpan NextAfter(Exception? failure, long attempts) =>
        ((failure as ChatHubException)?.RetryAfter ?? TimeSpan.Zero) + Next(attempts);
}
