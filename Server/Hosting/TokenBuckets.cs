namespace ChatHub.Server.Hosting;

/// <summary>
/// Token buckets by key. The framework's own cannot be corrected by what was spent on other instances, which takes a bucket
/// that may be in debt. Full ones are forgotten.
/// </summary>
/// <param name="burst">What a full bucket holds.</param>
/// <param name="refill">How long one token takes to come back.</param>
/// <param name="shareEvery">How many tokens may be spent here before the other instances are charged for them.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenBuckets(int burst, TimeSpan refill, int shareEvery, TimeProvider time)
{
    private const int FewBuckets = 1_000;

    /// <param name="Level">What was left.</param>
    /// <param name="Unshared">What was spent and the other instances were not charged for.</param>
    /// <param name="At">A timestamp.</param>
    private readonly record struct Bucket(double Level, int Unshared, long At);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private int _forgetAt = FewBuckets;

    /// <summary>What is left, without taking it; below 0 when more was spent than there was.</summary>
    public double Level(string key)
    {
        lock (_gate)
            return Now(key).Level;
    }

    /// <summary>Takes one token.</summary>
    /// <param name="key">Of a user, an address or both.</param>
    /// <param name="toShare">How many tokens the other instances are to be charged for; mostly none.</param>
    /// <returns>How long to wait for one; null when it was there.</returns>
    public TimeSpan? Take(string key, out int toShare)
    {
        lock (_gate)
        {
            toShare = 0;
            var bucket = Now(key);
            if (bucket.Level < 1)
                return refill * (1 - bucket.Level);
            bucket = bucket with { Level = bucket.Level - 1, Unshared = bucket.Unshared + 1 };
            if (bucket.Unshared >= shareEvery)
            {
                toShare = bucket.Unshared;
                bucket = bucket with { Unshared = 0 };
            }

            Set(key, bucket);
            return null;
        }
    }

    /// <summary>On all instances together no more than this is left.</summary>
    public void Lower(string key, double level)
    {
        lock (_gate)
        {
            var bucket = Now(key);
            if (level < bucket.Level)
                Set(key, bucket with { Level = level });
        }
    }

    private Bucket Now(string key)
    {
        var now = time.GetTimestamp();
        if (!_buckets.TryGetValue(key, out var bucket))
            return new(burst, 0, now);
        var level = Math.Min(burst, bucket.Level + (time.GetElapsedTime(bucket.At, now) / refill));
        return bucket with { Level = level, At = now };
    }

    private void Set(string key, Bucket bucket)
    {
        _buckets[key] = bucket;
        if (_buckets.Count < _forgetAt)
            return;
        foreach (var full in _buckets.Keys.Where(other => Now(other).Level >= burst).ToArray())
            _buckets.Remove(full);
        _forgetAt = Math.Max(FewBuckets, _buckets.Count * 2);
    }
}
