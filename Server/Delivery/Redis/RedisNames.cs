namespace ChatHub.Server.Delivery.Redis;

/// <summary>
/// Every name used in Redis. They are channels only: nothing is stored there. <c>channelPrefix=</c> in
/// <c>Redis:Configuration</c> is put before each by the client library.
/// </summary>
internal static class RedisNames
{
    /// <summary>All instances listen here: who is there, and what concerns all.</summary>
    public const string Everybody = "chathub:everybody";

    /// <summary>One instance listens here: events for users connected to it, and answers to what it asked.</summary>
    public static string Instance(string id) => $"chathub:instance:{id}";
}
