using StackExchange.Redis;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>
/// Every key and channel that is not the stock package's. <c>channelPrefix=</c> of <c>Redis:Configuration</c> is put before
/// each. Every key has a time to live, so that nothing is left of instances that are gone.
/// </summary>
internal static class RedisKeys
{
    /// <summary>Set: the ids of the instances.</summary>
    public const string Instances = "chathub:instances";

    /// <summary>With an instance's id: exists as long as its lease.</summary>
    public const string Lease = "chathub:lease:";

    /// <summary>With an instance's id, a hash: its users (key and id) and how many connections each has there.</summary>
    public const string Connections = "chathub:connections:";

    /// <summary>Hash: the users who are announced as online.</summary>
    public const string Online = "chathub:online";

    /// <summary>With a name, a hash: one token bucket.</summary>
    public const string Bucket = "chathub:bucket:";

    /// <summary>See <see cref="TopicHandlers"/>.</summary>
    public static readonly RedisChannel Control = RedisChannel.Literal("chathub:control");
}
