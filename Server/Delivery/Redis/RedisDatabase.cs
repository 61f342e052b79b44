using StackExchange.Redis;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>The database of the present session; null while Redis is away, and always without it.</summary>
public sealed class RedisDatabase
{
    private volatile IDatabase? _current;

    internal IDatabase? Current { get => _current; set => _current = value; }
}
