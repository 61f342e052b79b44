using System.Globalization;
using StackExchange.Redis;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>Each bucket is a hash: its level and when that was. While Redis is away or slow nothing is charged.</summary>
internal sealed class RedisTokenBuckets(RedisDatabase redis) : ISharedTokenBuckets
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
        redis.call('PEXPIRE', KEYS[1], math.ceil((burst - level) * refill))
        return tostring(level)
        """;

    private int _inFlight;

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
