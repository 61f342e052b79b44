namespace ChatHub.Server.Changes;

/// <summary>Remembers for a short while that something was done. Bounded: the oldest half goes when it is full.</summary>
public sealed class Recently<TKey>(TimeSpan lasting, TimeProvider time)
    where TKey : notnull
{
    private const int Most = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, long> _done = [];

    public bool IsRecent(TKey key)
    {
        lock (_gate)
            return _done.TryGetValue(key, out var at) && time.GetElapsedTime(at) < lasting;
    }

    public void Remember(TKey key)
    {
        lock (_gate)
        {
            if (_done.Count >= Most)
            {
                foreach (var (old, _) in _done.OrderBy(pair => pair.Value).Take(Most / 2).ToArray())
                    _done.Remove(old);
            }

            _done[key] = time.GetTimestamp();
        }
    }
}
