using System.Diagnostics;
using ChatHub.Server.Delivery.Redis;
using ChatHub.Server.Hosting;
using ChatHub.Tests.Infrastructure;
using StackExchange.Redis;
using Xunit;

namespace ChatHub.Tests.Delivery;

/// <summary>One bucket that two instances spend from, in a real Redis.</summary>
public sealed class RedisTokenBucketsTests : IAsyncLifetime
{
    private const int Burst = 10;
    private static readonly TimeSpan Refill = TimeSpan.FromMilliseconds(50);

    private readonly RedisDatabase _database = new();
    private RedisServer? _redis;
    private ConnectionMultiplexer? _connection;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _connection = await ConnectionMultiplexer.ConnectAsync(_redis.Configuration);
        _database.Current = _connection.GetDatabase();
    }

    public async ValueTask DisposeAsync()
    {
        await (_connection?.DisposeAsync() ?? default);
        await (_redis?.DisposeAsync() ?? default);
    }

    [Fact]
    public async Task Charge_returns_what_is_left_and_goes_into_debt_no_deeper_than_a_burst()
    {
        Assert.InRange(await ChargeAsync(4), 6, 6.5);
        Assert.InRange(await ChargeAsync(100), -Burst, -Burst + 0.5);

        // Refilled at its rate, whose clock is Redis's in whole milliseconds.
        var clock = Stopwatch.StartNew();
        while (await ChargeAsync(0) < -Burst + 5)
            Assert.True(clock.Elapsed < TestTimeouts.Limit);
        Assert.InRange(clock.Elapsed, Refill * 4, TestTimeouts.Limit);

        // It ends by itself once it is full.
        var left = await _database.Current!.KeyTimeToLiveAsync(RedisKeys.Bucket + "calls:alice");
        Assert.InRange(left!.Value, TimeSpan.FromMilliseconds(1), Refill * Burst * 2);
    }

    [Fact]
    public async Task Two_instances_together_allow_no_more_than_one_in_the_long_run()
    {
        var shared = new RedisTokenBuckets(_database);
        TokenBuckets[] instances = [new(Burst, Refill, shareEvery: 1, TimeProvider.System), new(Burst, Refill, shareEvery: 1, TimeProvider.System)];
        var clock = Stopwatch.StartNew();
        var taken = 0;
        while (clock.Elapsed < TimeSpan.FromSeconds(3))
        {
            foreach (var instance in instances)
            {
                if (instance.Take("alice", out var toShare) is not null)
                    continue;
                taken++;
                var charged = new TaskCompletionSource();
                shared.Charge("calls:alice", toShare, Burst, Refill, level =>
                {
                    instance.Lower("alice", level);
                    charged.SetResult();
                });
                await charged.Task.SoonAsync();
            }

            await Task.Delay(5, TestTimeouts.Token);
        }

        var allowed = Burst + (clock.Elapsed / Refill);
        Assert.InRange(taken, allowed * 0.8, allowed + 2);
    }

    [Fact]
    public async Task Charge_without_redis_changes_nothing()
    {
        var current = _database.Current;
        var levels = new ReceivedQueue<(string Charge, double Level)>();
        var buckets = new RedisTokenBuckets(_database);

        _database.Current = null;
        buckets.Charge("calls:bob", 1, Burst, Refill, level => levels.Add(("without Redis", level)));
        _database.Current = current;
        buckets.Charge("calls:bob", 0, Burst, Refill, level => levels.Add(("with Redis", level)));

        Assert.Equal(("with Redis", Burst), await levels.NextAsync());
        Assert.Empty(levels.TakeAll());
    }

    private async Task<double> ChargeAsync(int tokens)
    {
        var charged = new TaskCompletionSource<double>();
        new RedisTokenBuckets(_database).Charge("calls:alice", tokens, Burst, Refill, charged.SetResult);
        return await charged.Task.SoonAsync();
    }
}
