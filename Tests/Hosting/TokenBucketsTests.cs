using ChatHub.Server.Hosting;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hosting;

/// <summary>The buckets of one instance, whose level may be corrected by what was spent on others.</summary>
public sealed class TokenBucketsTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Take_full_bucket_allows_a_burst_and_then_the_refill()
    {
        var buckets = Make();
        Assert.All(Enumerable.Range(0, 4), _ => Assert.Null(buckets.Take("alice", out var _)));
        Assert.Equal(TimeSpan.FromSeconds(1), buckets.Take("alice", out var _));
        Assert.Null(buckets.Take("bob", out var _));

        _time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Null(buckets.Take("alice", out var _));
        Assert.Equal(TimeSpan.FromSeconds(0.5), buckets.Take("alice", out var _));
    }

    [Fact]
    public void Lower_tokens_spent_elsewhere_are_missing_here_and_may_be_in_debt()
    {
        var buckets = Make();
        buckets.Lower("alice", 1);
        Assert.Null(buckets.Take("alice", out var _));
        buckets.Lower("alice", -4);
        Assert.Equal(TimeSpan.FromSeconds(5), buckets.Take("alice", out var _));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(buckets.Take("alice", out var _));
    }

    [Fact]
    public void Lower_higher_level_elsewhere_gives_nothing_back()
    {
        var buckets = Make();
        Assert.All(Enumerable.Range(0, 4), _ => Assert.Null(buckets.Take("alice", out var _)));
        buckets.Lower("alice", 3);
        Assert.NotNull(buckets.Take("alice", out var _));
    }

    [Fact]
    public void Take_shares_every_token_once_in_steps()
    {
        var buckets = Make(shareEvery: 3);
        Assert.Equal([0, 0, 3, 0], (int[])[Spend(), Spend(), Spend(), Spend()]);

        // Also those that have come back: otherwise several instances would allow several refills for ever.
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([0, 3], (int[])[Spend(), Spend()]);

        int Spend()
        {
            Assert.Null(buckets.Take("alice", out var toShare));
            return toShare;
        }
    }

    [Fact]
    public void Forget_drops_the_full_buckets_alone()
    {
        var buckets = Make();
        Assert.Null(buckets.Take("alice", out var _));
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Null(buckets.Take("bob", out var _));
        _time.Advance(TimeSpan.FromSeconds(0.5));

        buckets.Forget();

        Assert.Equal((1, 3.5, 4), (buckets.Count, buckets.Level("bob"), buckets.Level("alice")));
    }

    private TokenBuckets Make(int shareEvery = 1) => new(burst: 4, TimeSpan.FromSeconds(1), shareEvery, _time);
}
