namespace ChatHub.Server.Delivery.Redis;

/// <summary>No Redis.</summary>
public sealed class RedisDatabase;
