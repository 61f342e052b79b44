using ChatHub.Server.Delivery.Redis;

namespace ChatHub.Server.Hosting;

/// <summary>Without Redis, nothing is charged.</summary>
public sealed class RedisTokenBuckets(RedisDatabase redis)
{
    internal RedisDatabase Redis => redis;

    public void Charge(string bucket, int tokens, int burst, TimeSpan refill, Action<double> onCharged)
    {
    }
}
