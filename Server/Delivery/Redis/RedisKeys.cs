using StackExchange.Redis;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>
/// Every key and channel that is not the stock package's. <c>channelPrefix=</c> of <c>Redis:Configuration</c> is put before
/// each. Every key has a time to live, so that nothing is left of instances that are gone.
/// </summary>
internal static class RedisKeys
{
    public const string Instances = "chathub:instances"; // set: ids of instances
    public const string Lease = "chathub:lease:"; // + instance: exists as long as its lease
    public const string TakenOver = "chathub:taken-over:"; // + instance: its users may have been announced as offline
    public const string Connections = "chathub:connections:"; // + instance, hash: user (key and id) → open connections there
    public const string Online = "chathub:online"; // hash: users announced as online → 1
    public const string Bucket = "chathub:bucket:"; // + limit and name, hash: level and at of one token bucket
    public static readonly RedisChannel Control = RedisChannel.Literal("chathub:control"); // see TopicHandlers
}
