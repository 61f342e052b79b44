using System.Reflection;
using ChatHub.Contracts;
using ChatHub.Server.Delivery;
using ChatHub.Server.Delivery.Redis;
using ChatHub.Server.Hosting;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>What each limit counts, how many it lets through, and what it counts apart.</summary>
public sealed class RateLimitsTests
{
    private readonly ManualTime _time = new();
    private readonly RateLimits _limits;

    public RateLimitsTests() => _limits = Make(new NoBackplane());

    [Fact]
    public void Calls_of_a_user_an_address_and_a_key_are_counted_apart()
    {
        AssertLimited(5, 0.5, () => _limits.Call("alice"));
        AssertLimited(5, 0.5, () => _limits.Call("bob"));
        AssertLimited(5, 0.5, () => _limits.AddressCall("alice"));
        AssertLimited(5, 0.5, () => _limits.AddressCall("bob"));
        AssertLimited(5, 0.5, () => _limits.ServiceCall("alice"));
        AssertLimited(5, 0.5, () => _limits.ServiceCall("bob"));
    }

    [Fact]
    public void Frame_counts_as_a_call()
    {
        for (var i = 0; i < 5; i++)
            Assert.Null(_limits.TryCall("alice"));
        Assert.Equal(TimeSpan.FromSeconds(0.5), _limits.TryCall("alice"));
        Assert.True(IsRefused(() => _limits.Call("alice")));
    }

    [Fact]
    public void Messages_are_counted_for_each_sender_and_chat()
    {
        AssertLimited(3, 20, () => _limits.Message("alice", "chat"));
        AssertLimited(3, 20, () => _limits.Message("alice", "other"));
        AssertLimited(3, 20, () => _limits.Message("bob", "chat"));
    }

    [Fact]
    public void Sign_ups_and_sign_ins_of_an_address_are_counted_apart()
    {
        AssertLimited(4, 15, () => _limits.SignUp("10.0.0.1"));
        AssertLimited(4, 15, () => _limits.SignIn("10.0.0.1"));
        AssertLimited(4, 15, () => _limits.SignUp("10.0.0.2"));
    }

    [Fact]
    public void Wrong_guesses_at_one_account_lock_out_their_own_address_alone()
    {
        for (var i = 0; i < 10; i++)
        {
            _limits.Guess("bad", "alice");
            _limits.GuessFailed("bad", "alice");
        }

        Assert.Equal(10, WaitOf(() => _limits.Guess("bad", "alice")));
        _limits.Guess("bad", "bob");
        _limits.Guess("good", "alice");
        _time.Advance(TimeSpan.FromSeconds(10));
        _limits.Guess("bad", "alice");
    }

    [Fact]
    public void Wrong_guesses_from_everywhere_lock_out_all_but_those_who_knew_the_password()
    {
        _limits.GuessSucceeded("home", "alice");
        for (var i = 0; i < 100; i++)
        {
            Assert.False(IsRefused(() => _limits.Guess("new", "alice")));
            _limits.GuessFailed($"bot {i}", "alice");
        }

        Assert.Equal(1, WaitOf(() => _limits.Guess("new", "alice")));
        _limits.Guess("home", "alice");
        _limits.Guess("new", "bob");
        _time.Advance(TimeSpan.FromDays(30));
        for (var i = 0; i < 100; i++)
            _limits.GuessFailed($"bot {i}", "alice");
        Assert.True(IsRefused(() => _limits.Guess("home", "alice")));
    }

    [Fact]
    public void Address_that_knew_the_password_on_one_instance_is_not_locked_out_on_another()
    {
        var backplane = DispatchProxy.Create<IBackplane, TopicBackplane>();
        var (here, there) = (Make(backplane), Make(backplane));
        there.GuessSucceeded("home", "alice");
        for (var i = 0; i < 100; i++)
            here.GuessFailed($"bot {i}", "alice");

        Assert.True(IsRefused(() => here.Guess("new", "alice")));
        here.Guess("home", "alice");
    }

    [Fact]
    public void Address_that_knew_a_secret_is_not_locked_out_by_wrong_ones()
    {
        for (var i = 0; i < 10; i++)
        {
            _limits.SecretGuess("bad", "key");
            _limits.SecretGuessFailed("bad", "key");
        }

        Assert.Equal(10, WaitOf(() => _limits.SecretGuess("bad", "key")));
        Assert.Equal(10, WaitOf(() => _limits.SecretGuessFailed("bad", "key")));
        _limits.SecretGuess("bad", "code");
        _limits.SecretGuess("good", "key");
        _limits.SecretGuessSucceeded("bad", "key");
        _limits.SecretGuess("bad", "key");
    }

    [Fact]
    public void Forget_keeps_what_is_spent_and_gives_nothing_back()
    {
        AssertLimited(5, 0.5, () => _limits.Call("alice"));
        _limits.Forget();
        Assert.True(IsRefused(() => _limits.Call("alice")));
        _time.Advance(TimeSpan.FromSeconds(2.5));
        _limits.Forget();
        AssertLimited(5, 0.5, () => _limits.Call("alice"));
    }

    private RateLimits Make(IBackplane backplane) => new(
        Options.Create(new LimitOptions { CallsPerSecond = 2, Burst = 5, MessagesPerChatPerMinute = 3, SignUpsPerMinute = 4 }),
        new RedisTokenBuckets(new RedisDatabase()), backplane, _time);

    private static void AssertLimited(int burst, double waitSeconds, Action call)
    {
        for (var i = 0; i < burst; i++)
            call();
        Assert.Equal(waitSeconds, WaitOf(call));
    }

    private static double WaitOf(Action call)
    {
        var refused = Assert.Throws<ChatHubException>(call);
        Assert.Equal(ErrorCodes.RateLimited, refused.Code);
        return refused.RetryAfter!.Value.TotalSeconds;
    }

    private static bool IsRefused(Action call)
    {
        try
        {
            call();
            return false;
        }
        catch (ChatHubException e) when (e.Code == ErrorCodes.RateLimited)
        {
            return true;
        }
    }
}
