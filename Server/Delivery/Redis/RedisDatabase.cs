using StackExchange.Redis;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>The database of the present session; null while Redis is away.</summary>
internal sealed class RedisDatabase
{
    private volatile IDatabase? _current;

    public IDatabase? Current { get => _current; set => _current = value; }
}
