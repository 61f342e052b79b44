using ChatHub.Server.Delivery;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Hosting;

/// <summary>
/// What one user, one address or a pair of the two may do, on all instances together. Each instance has a bucket of its own;
/// what is spent from it is charged to one that all share, whose level then holds here too. No call waits for that, so that
/// each further instance adds at most what it does not share yet. While the shared one cannot be reached, each limits alone.
/// </summary>
public sealed class RateLimits
{
    private const string Known = "known";
    private const int GuessesBurst = 10;
    private const int AccountBurst = 100;
    private static readonly TimeSpan GuessRefill = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AccountRefill = TimeSpan.FromSeconds(1);

    private readonly IBackplane _backplane;
    private readonly Limit _calls;
    private readonly Limit _signUps;
    private readonly Limit _signIns;
    private readonly Limit _guesses;
    private readonly Limit _accounts;
    private readonly ExpiringSet<(string Address, string Username)> _known;

    private readonly RedisTokenBuckets _shared;

    private sealed record Limit(string Name, int Burst, TimeSpan Refill, TokenBuckets Buckets);

    public RateLimits(IOptions<LimitOptions> options, RedisTokenBuckets shared, IBackplane backplane, TimeProvider time)
    {
        var limits = options.Value;
        var perMinute = TimeSpan.FromMinutes(1) / limits.SignUpsPerMinute;
        (_shared, _backplane) = (shared, backplane);
        // Shared in tenths of a bucket: a user who calls now and then costs no round trip.
        _calls = New("calls", limits.Burst, TimeSpan.FromSeconds(1) / limits.CallsPerSecond, shareEvery: Math.Max(1, limits.Burst / 10));
        _signUps = New("signUps", limits.SignUpsPerMinute, perMinute);
        _signIns = New("signIns", limits.SignUpsPerMinute, perMinute);
        _guesses = New("guesses", GuessesBurst, GuessRefill);
        _accounts = New("accounts", AccountBurst, AccountRefill);
        _known = new(TimeSpan.FromDays(30), time);

        backplane.Subscribe(Known, values => _known.Add((values[0], values[1])));

        Limit New(string name, int burst, TimeSpan refill, int shareEvery = 1) => new(name, burst, refill, new(burst, refill, shareEvery, time));
    }

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
        if (!_known.Contains((address, username)))
            Check(_accounts, username, AccountRefill);
    }

    /// <summary>The guess was wrong.</summary>
    public void SignInFailed(string address, string username)
    {
        TryTake(_guesses, Pair(address, username));
        TryTake(_accounts, username);
    }

    public void SignedIn(string address, string username)
    {
        _known.Add((address, username));
        _backplane.Publish(Known, address, username);
    }

    private static string Pair(string address, string username) => $"{address} {username}";

    /// <summary>Whether there is anything left, without taking it.</summary>
    private static void Check(Limit limit, string key, TimeSpan refill)
    {
        if (limit.Buckets.Level(key) < 1)
            throw Errors.RateLimited(refill);
    }

    private void Take(Limit limit, string key)
    {
        if (TryTake(limit, key) is { } wait)
            throw Errors.RateLimited(wait);
    }

    /// <returns>How long to wait; null when nothing is in the way.</returns>
    private TimeSpan? TryTake(Limit limit, string key)
    {
        var wait = limit.Buckets.Take(key, out var toShare);
        if (toShare > 0)
            _shared.Charge($"{limit.Name}:{key}", toShare, limit.Burst, limit.Refill, level => limit.Buckets.Lower(key, level));
        return wait;
    }
}
