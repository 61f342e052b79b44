using System.Globalization;
using ChatHub.Server.Delivery;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Hosting;

/// <summary>
/// What one user, one address or a pair of the two may do, on all instances together. Each instance has the whole bucket,
/// and what is spent from it is charged to the others' afterwards: no call waits for them. While they cannot be reached,
/// each limits alone.
/// </summary>
public sealed class RateLimits
{
    private const string Spent = "spent";
    private const string Known = "known";
    private const int GuessesBurst = 10;
    private const int AccountBurst = 100;
    private static readonly TimeSpan GuessRefill = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AccountRefill = TimeSpan.FromSeconds(1);

    private readonly IBackplane _backplane;
    private readonly Limit _calls;
    private readonly Limit _messages;
    private readonly Limit _signUps;
    private readonly Limit _signIns;
    private readonly Limit _guesses;
    private readonly Limit _accounts;
    private readonly ExpiringSet<(string Address, string Username)> _known;

    private sealed record Limit(string Name, TokenBuckets Buckets);

    public RateLimits(IOptions<LimitOptions> options, IBackplane backplane, TimeProvider time)
    {
        var limits = options.Value;
        var perMinute = TimeSpan.FromMinutes(1) / limits.SignUpsPerMinute;
        _backplane = backplane;
        // Shared from half a bucket on: a user who calls now and then costs no word to anybody.
        _calls = new("calls", new(limits.Burst, TimeSpan.FromSeconds(1) / limits.CallsPerSecond, shareBelow: limits.Burst / 2.0, time));
        _messages = new("messages", new(
            limits.MessagesPerChatPerMinute, TimeSpan.FromMinutes(1) / limits.MessagesPerChatPerMinute,
            shareBelow: limits.MessagesPerChatPerMinute / 2.0, time));
        _signUps = Rare("signUps", limits.SignUpsPerMinute, perMinute);
        _signIns = Rare("signIns", limits.SignUpsPerMinute, perMinute);
        _guesses = Rare("guesses", GuessesBurst, GuessRefill);
        _accounts = Rare("accounts", AccountBurst, AccountRefill);
        _known = new(TimeSpan.FromDays(30), time);

        var byName = ((Limit[])[_calls, _messages, _signUps, _signIns, _guesses, _accounts]).ToDictionary(limit => limit.Name);
        backplane.Listen(Spent, values => byName[values[0]].Buckets.Charge(values[1], int.Parse(values[2], CultureInfo.InvariantCulture)));
        backplane.Listen(Known, values => _known.Add((values[0], values[1])));

        Limit Rare(string name, int burst, TimeSpan refill) => new(name, new(burst, refill, shareBelow: burst, time));
    }

    /// <summary>One hub call. Throws rate_limited.</summary>
    public void Call(string userId) => Take(_calls, userId);

    /// <summary>One hub frame; the same count as <see cref="Call"/>.</summary>
    /// <returns>How long to wait; null when nothing is in the way.</returns>
    public TimeSpan? TryCall(string userId) => TryTake(_calls, userId);

    /// <summary>One message of a sender in one chat. Throws rate_limited.</summary>
    public void Message(string userId, string conversationId) => Take(_messages, Pair(userId, conversationId));

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
        _backplane.Tell(Known, address, username);
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
            _backplane.Tell(Spent, limit.Name, key, toShare.ToString(CultureInfo.InvariantCulture));
        return wait;
    }
}
