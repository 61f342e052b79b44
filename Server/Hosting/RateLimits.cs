using System.Threading.RateLimiting;
using ChatHub.Server.Changes;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Hosting;

/// <summary>Token buckets, one for each user, address or pair of the two; idle ones are forgotten.</summary>
public sealed class RateLimits(IOptions<LimitOptions> options, TimeProvider time) : IDisposable
{
    private const int GuessesBurst = 10;
    private const int AccountBurst = 100;
    private static readonly TimeSpan GuessRefill = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AccountRefill = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<string> _calls = Buckets(
        options.Value.Burst, options.Value.CallsPerSecond, TimeSpan.FromSeconds(1));

    private readonly PartitionedRateLimiter<string> _signUps = Buckets(
        options.Value.SignUpsPerMinute, options.Value.SignUpsPerMinute, TimeSpan.FromMinutes(1));

    private readonly PartitionedRateLimiter<string> _signIns = Buckets(
        options.Value.SignUpsPerMinute, options.Value.SignUpsPerMinute, TimeSpan.FromMinutes(1));

    private readonly PartitionedRateLimiter<string> _guesses = Buckets(GuessesBurst, 1, GuessRefill);
    private readonly PartitionedRateLimiter<string> _accounts = Buckets(AccountBurst, 1, AccountRefill);

    private readonly Recently<(string Address, string Username)> _known = new(TimeSpan.FromDays(30), time);

    /// <summary>One hub call. Throws rate_limited.</summary>
    public void Call(string userId) => Take(_calls, userId);

    /// <summary>One sign-up. Throws rate_limited.</summary>
    public void SignUp(string address) => Take(_signUps, address);

    /// <summary>
    /// Before a sign-in is tried. Throws rate_limited. Wrong guesses at one account are counted for each address apart, so
    /// that nobody elsewhere can lock its owner out; and over all addresses together, except those that knew the password before.
    /// </summary>
    public void SignIn(string address, string username)
    {
        Take(_signIns, address);
        Check(_guesses, Pair(address, username), GuessRefill);
        if (!_known.IsRecent((address, username)))
            Check(_accounts, username, AccountRefill);
    }

    /// <summary>The guess was wrong.</summary>
    public void SignInFailed(string address, string username)
    {
        using (_guesses.AttemptAcquire(Pair(address, username)))
        using (_accounts.AttemptAcquire(username))
        {
            // A lease of a token bucket gives nothing back.
        }
    }

    public void SignedIn(string address, string username) => _known.Remember((address, username));

    public void Dispose()
    {
        foreach (var limiter in (PartitionedRateLimiter<string>[])[_calls, _signUps, _signIns, _guesses, _accounts])
            limiter.Dispose();
    }

    private static string Pair(string address, string username) => $"{address} {username}";

    /// <summary>Whether there is anything left, without taking it.</summary>
    private static void Check(PartitionedRateLimiter<string> limiter, string key, TimeSpan refill)
    {
        if (limiter.GetStatistics(key) is { CurrentAvailablePermits: 0 })
            throw Refusals.RateLimited(refill);
    }

    private static void Take(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        if (lease.IsAcquired)
            return;
        throw Refusals.RateLimited(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1));
    }

    private static PartitionedRateLimiter<string> Buckets(int burst, int refill, TimeSpan period) =>
        PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new()
        {
            TokenLimit = burst,
            TokensPerPeriod = refill,
            ReplenishmentPeriod = period,
            QueueLimit = 0,
        }));
}
