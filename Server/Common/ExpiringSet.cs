namespace ChatHub.Server.Common;

/// <summary>Keys that were added within a time span. Bounded: the oldest half goes when it is full.</summary>
public sealed class ExpiringSet<TKey>(TimeSpan lifetime, TimeProvider time)
    where TKey : notnull
{
    private const int MaxCount = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, long> _addedAt = [];

    public bool Contains(TKey key)
    {
        lock (_gate)
            return _addedAt.TryGetValue(key, out var at) && time.GetElapsedTime(at) < lifetime;
    }

    public void Add(TKey key)
    {
        lock (_gate)
        {
            if (_addedAt.Count >= MaxCount)
            {
                foreach (var (old, _) in _addedAt.OrderBy(pair => pair.Value).Take(MaxCount / 2).ToArray())
                    _addedAt.Remove(old);
            }

            _addedAt[key] = time.GetTimestamp();
        }
    }
}
