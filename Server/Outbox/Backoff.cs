namespace ChatHub.Server.Outbox;

/// <summary>When a failed delivery is tried again.</summary>
public static class Backoff
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);
    private const double Jitter = 0.2;

    /// <summary>Doubles with each attempt, 20 % more or less, so that what failed together is not tried together again.</summary>
    /// <param name="attempts">How many there were, 1 or more.</param>
    /// <param name="first">The wait after the first one.</param>
    /// <param name="random">0 up to 1.</param>
    public static TimeSpan After(int attempts, TimeSpan first, double random)
    {
        var wait = Math.Min(first.TotalSeconds * Math.Pow(2, attempts - 1), Longest.TotalSeconds);
        return TimeSpan.FromSeconds(wait * (1 - Jitter + (2 * Jitter * random)));
    }
}
