using ChatHub.Server.Hosting;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hosting;

/// <summary>Buckets that may be charged for what was spent elsewhere.</summary>
public sealed class TokenBucketsTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_burst_is_there_at_once_and_then_what_comes_back()
    {
        var buckets = Make(shareBelow: 0);
        Assert.All(Enumerable.Range(0, 4), _ => Assert.Null(buckets.Take("alice", out var _)));
        Assert.Equal(TimeSpan.FromSeconds(1), buckets.Take("alice", out var _));
        Assert.Null(buckets.Take("bob", out var _));

        _time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Null(buckets.Take("alice", out var _));
        Assert.Equal(TimeSpan.FromSeconds(0.5), buckets.Take("alice", out var _));
    }

    [Fact]
    public void What_was_spent_elsewhere_is_missing_here_and_may_be_owed()
    {
        var buckets = Make(shareBelow: 0);
        buckets.Charge("alice", 3);
        Assert.Null(buckets.Take("alice", out var _));
        buckets.Charge("alice", 100);
        Assert.Equal(TimeSpan.FromSeconds(5), buckets.Take("alice", out var _));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(buckets.Take("alice", out var _));
    }

    [Fact]
    public void Others_are_charged_once_the_bucket_is_low_for_all_that_is_missing()
    {
        var buckets = Make(shareBelow: 2);
        int[] shared = [.. Enumerable.Range(0, 4).Select(_ => Spend())];
        Assert.Equal([0, 0, 3, 1], shared);

        // What has come back is not charged for.
        _time.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal([0, 0], (int[])[Spend(), Spend()]);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([0, 3], (int[])[Spend(), Spend()]);

        int Spend()
        {
            Assert.Null(buckets.Take("alice", out var toShare));
            return toShare;
        }
    }

    [Fact]
    public void Two_instances_together_give_no_more_than_one_in_the_long_run()
    {
        TokenBuckets[] instances = [Make(shareBelow: 2), Make(shareBelow: 2)];
        var taken = 0;
        for (var step = 0; step < 1_000; step++)
        {
            _time.Advance(TimeSpan.FromSeconds(0.1));
            foreach (var (instance, other) in ((TokenBuckets, TokenBuckets)[])[(instances[0], instances[1]), (instances[1], instances[0])])
            {
                if (instance.Take("alice", out var toShare) is not null)
                    continue;
                taken++;
                if (toShare > 0)
                    other.Charge("alice", toShare);
            }
        }

        // 100 seconds at one a second, and the burst.
        Assert.InRange(taken, 95, 106);
    }

    private TokenBuckets Make(double shareBelow) => new(burst: 4, TimeSpan.FromSeconds(1), shareBelow, _time);
}
