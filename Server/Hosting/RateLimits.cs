using System.Security.Cryptography;
using System.Text;
using ChatHub.Server.Delivery;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Hosting;

/// <summary>
/// What one user, one service key, one address, or a pair of address and account may do, on all instances together. Each
/// instance has a bucket of its own; what is spent from it is charged to one that all share, whose level then holds here too.
/// No call waits for that, so that each further instance adds at most what it does not share yet. While the shared one cannot
/// be reached, each limits alone. That sharing is why these are not the framework's own limiters.
/// </summary>
public sealed class RateLimits
{
    private const string Known = "known";
    private const int GuessesBurst = 10;
    private const int AccountBurst = 100;
    private const int KeyLength = 32;
    private static readonly TimeSpan GuessRefill = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AccountRefill = TimeSpan.FromSeconds(1);

    private readonly IBackplane _backplane;
    private readonly Limit[] _all;
    private readonly Limit _calls;
    private readonly Limit _messages;
    private readonly Limit _signUps;
    private readonly Limit _signIns;
    private readonly Limit _guesses;
    private readonly Limit _accounts;
    private readonly ExpiringSet<string> _known;

    private readonly RedisTokenBuckets _shared;

    private sealed record Limit(string Name, int Burst, TimeSpan Refill, TokenBuckets Buckets);

    public RateLimits(IOptions<LimitOptions> options, RedisTokenBuckets shared, IBackplane backplane, TimeProvider time)
    {
        var limits = options.Value;
        var perMinute = TimeSpan.FromMinutes(1) / limits.SignUpsPerMinute;
        (_shared, _backplane) = (shared, backplane);
        // Shared in tenths of a bucket: a user who calls now and then costs no round trip.
        _calls = New("calls", limits.Burst, TimeSpan.FromSeconds(1) / limits.CallsPerSecond, shareEvery: Math.Max(1, limits.Burst / 10));
        _messages = New(
            "messages", limits.MessagesPerChatPerMinute, TimeSpan.FromMinutes(1) / limits.MessagesPerChatPerMinute,
            shareEvery: Math.Max(1, limits.MessagesPerChatPerMinute / 10));
        _signUps = New("signUps", limits.SignUpsPerMinute, perMinute);
        _signIns = New("signIns", limits.SignUpsPerMinute, perMinute);
        _guesses = New("guesses", GuessesBurst, GuessRefill);
        _accounts = New("accounts", AccountBurst, AccountRefill);
        _known = new(TimeSpan.FromDays(30), time);
        _all = [_calls, _messages, _signUps, _signIns, _guesses, _accounts];

        backplane.Subscribe(Known, values => _known.Add(values[0]));

        Limit New(string name, int burst, TimeSpan refill, int shareEvery = 1) => new(name, burst, refill, new(burst, refill, shareEvery, time));
    }

    /// <summary>One hub call, or one HTTP request of a signed-in user. Throws rate_limited.</summary>
    public void Call(string userId) => Take(_calls, userId);

    /// <summary>One hub frame; the same count as <see cref="Call"/>.</summary>
    /// <returns>How long to wait; null when nothing is in the way.</returns>
    public TimeSpan? TryCall(string userId) => TryTake(_calls, userId);

    /// <summary>One message of a sender in one chat; both ids of a bounded length. Throws rate_limited.</summary>
    public void Message(string userId, string conversationId) => Take(_messages, $"{userId} {conversationId}");

    /// <summary>One HTTP request without a token or key. Throws rate_limited.</summary>
    public void AddressCall(string address) => Take(_calls, $"address {address}");

    /// <summary>One HTTP request with a service key. Throws rate_limited.</summary>
    public void ServiceCall(string serviceKey) => Take(_calls, Key("key", serviceKey));

    /// <summary>One sign-up. Throws rate_limited.</summary>
    public void SignUp(string address) => Take(_signUps, address);

    /// <summary>One sign-in, whatever its name and password. Throws rate_limited.</summary>
    public void SignIn(string address) => Take(_signIns, address);

    /// <summary>
    /// Before a password is tried. Throws rate_limited. Wrong guesses at one account are counted for each address apart, so
    /// that no one elsewhere can lock its owner out; and over all addresses together, except those that knew the password before.
    /// </summary>
    public void Guess(string address, string account)
    {
        Check(_guesses, Key(address, account), GuessRefill);
        if (!_known.Contains(Key(address, account)))
            Check(_accounts, Key("account", account), AccountRefill);
    }

    /// <summary>The guess was wrong.</summary>
    public void GuessFailed(string address, string account)
    {
        TryTake(_guesses, Key(address, account));
        TryTake(_accounts, Key("account", account));
    }

    /// <summary>The guess was right: this address knows the password.</summary>
    public void GuessSucceeded(string address, string account)
    {
        _known.Add(Key(address, account));
        _backplane.Publish(Known, Key(address, account));
    }

    /// <summary>
    /// Before a secret that names no account (a service key, a reset code) is tried. Throws rate_limited, but not to an
    /// address that knew one before: who shares it could keep the host application out.
    /// </summary>
    public void SecretGuess(string address, string kind)
    {
        if (!_known.Contains(Key(address, kind)))
            Check(_guesses, Key(address, kind), GuessRefill);
    }

    /// <summary>It was wrong. Throws rate_limited after too many.</summary>
    public void SecretGuessFailed(string address, string kind) => Take(_guesses, Key(address, kind));

    /// <summary>It was right.</summary>
    public void SecretGuessSucceeded(string address, string kind)
    {
        // With each call of the host application: only the first one is worth a message.
        if (!_known.Contains(Key(address, kind)))
            GuessSucceeded(address, kind);
    }

    /// <summary>Forgets who has spent nothing lately.</summary>
    public void Forget()
    {
        foreach (var limit in _all)
            limit.Buckets.Forget();
    }

    /// <summary>Of one size, whatever it is made of.</summary>
    private static string Key(string one, string other) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{one} {other}")))[..KeyLength];

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
