using StackExchange.Redis;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>
/// Every key and channel that is not the stock package's. <c>channelPrefix=</c> of <c>Redis:Configuration</c> is put before
/// each. The braces keep all keys in one slot of a cluster; every key has a time to live.
/// </summary>
internal static class RedisKeys
{
    /// <summary>Sorted set: each instance and the end of its lease, in milliseconds since 1970 by the clock of Redis.</summary>
    public const string Instances = "{chathub}:instances";

    /// <summary>Hash: the users who are announced as online.</summary>
    public const string Online = "{chathub}:online";

    /// <summary>With an instance's id, a hash: each user there and how many connections.</summary>
    public const string Connections = "{chathub}:connections:";

    /// <summary>With a name, a hash: one token bucket.</summary>
    public const string Bucket = "{chathub}:bucket:";

    /// <summary>JSON: [sender, topic, value…].</summary>
    public static readonly RedisChannel Control = RedisChannel.Literal("{chathub}:control");
}
