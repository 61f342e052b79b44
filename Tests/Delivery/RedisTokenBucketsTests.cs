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

    // A full bucket takes no more: tokens of a longer time without a take may be lost.
    private static readonly TimeSpan Pause = Refill * 2;

    private readonly RedisDatabase _database = new();
    private RedisServer? _redis;
    private ConnectionMultiplexer? _connection;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        // A charge that times out never calls back.
        _connection = await ConnectionMultiplexer.ConnectAsync($"{_redis.Configuration},asyncTimeout={TestTimeouts.Limit.TotalMilliseconds}");
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
        var clock = Stopwatch.StartNew();
        Assert.InRange(await ChargeAsync(100), -Burst, -Burst + 0.5);

        // Refilled at its rate, whose clock is Redis's in whole milliseconds.
        while (await ChargeAsync(0) < -Burst + 5)
            Assert.True(clock.Elapsed < TestTimeouts.Limit);
        Assert.InRange(clock.Elapsed, Refill * 4, TestTimeouts.Limit);

        // It ends by itself once it is full, which it may be by now.
        var key = RedisKeys.Bucket + "calls:alice";
        if (await _database.Current!.KeyTimeToLiveAsync(key) is { } left)
            Assert.InRange(left, TimeSpan.Zero, Refill * Burst * 2);
        else
            Assert.False(await _database.Current.KeyExistsAsync(key));
    }

    [Fact]
    public async Task Two_instances_together_allow_no_more_than_one_in_the_long_run()
    {
        var shared = new RedisTokenBuckets(_database);
        TokenBuckets[] instances = [new(Burst, Refill, shareEvery: 1, TimeProvider.System), new(Burst, Refill, shareEvery: 1, TimeProvider.System)];
        var clock = Stopwatch.StartNew();
        var taken = 0;
        var (turn, paused) = (TimeSpan.Zero, TimeSpan.Zero);
        while (clock.Elapsed < TimeSpan.FromSeconds(3))
        {
            var since = clock.Elapsed - turn;
            turn += since;
            paused += since > Pause ? since : TimeSpan.Zero;
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
        paused += clock.Elapsed - turn;
        Assert.InRange(taken, (allowed - (paused / Refill)) * 0.8, allowed + 2);
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
