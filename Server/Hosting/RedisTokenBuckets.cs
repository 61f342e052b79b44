using System.Globalization;
using ChatHub.Server.Delivery.Redis;
using StackExchange.Redis;

namespace ChatHub.Server.Hosting;

/// <summary>
/// Token buckets that all instances spend from. Each is a hash in Redis, its level and when that was, and ends by itself
/// once it is full. Without Redis, or while it is away or slow, nothing is charged.
/// </summary>
public sealed class RedisTokenBuckets(RedisDatabase redis)
{
    private const int MaxInFlight = 1_000;

    private const string Script = """
        local clock = redis.call('TIME')
        local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
        local spent, burst, refill = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local was = redis.call('HMGET', KEYS[1], 'level', 'at')
        local level = math.min(burst, (was[1] or burst) + (now - (was[2] or now)) / refill)
        level = math.max(-burst, level - spent)
        redis.call('HSET', KEYS[1], 'level', level, 'at', now)
        redis.call('PEXPIRE', KEYS[1], math.ceil((burst - level) * refill) + 1)
        return tostring(level)
        """;

    private int _inFlight;

    /// <summary>Takes tokens that were spent on this instance; the bucket may go into debt. Does not wait.</summary>
    /// <param name="bucket">Its name.</param>
    /// <param name="tokens">How many were spent.</param>
    /// <param name="burst">What a full bucket holds, and the most that it may owe.</param>
    /// <param name="refill">How long one token takes to come back.</param>
    /// <param name="onCharged">Called with what is left on all instances together, if they can be reached.</param>
    public void Charge(string bucket, int tokens, int burst, TimeSpan refill, Action<double> onCharged)
    {
        if (redis.Current is { } current && Volatile.Read(ref _inFlight) < MaxInFlight)
            _ = ChargeAsync(current, bucket, [tokens, burst, refill.TotalMilliseconds], onCharged);
    }

    private async Task ChargeAsync(IDatabase current, string bucket, RedisValue[] values, Action<double> onCharged)
    {
        Interlocked.Increment(ref _inFlight);
        try
        {
            var level = (string)(await current.ScriptEvaluateAsync(Script, [RedisKeys.Bucket + bucket], values))!;
            onCharged(double.Parse(level, CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            // This instance limits alone until Redis is back.
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }
}
