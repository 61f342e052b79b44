namespace ChatHub.Server.Hosting;

/// <summary>
/// Token buckets by key. The framework's own cannot be charged for what was spent elsewhere, which takes a bucket that may
/// owe. Full ones are forgotten by <see cref="Forget"/>.
/// </summary>
/// <param name="burst">What a full bucket holds, and the most that one owes.</param>
/// <param name="refill">How long one token takes to come back.</param>
/// <param name="shareBelow">The level under which others are to be charged too.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenBuckets(int burst, TimeSpan refill, double shareBelow, TimeProvider time)
{
    /// <param name="Level">What was left.</param>
    /// <param name="Unshared">What of the missing rest others were not charged for.</param>
    /// <param name="At">A timestamp.</param>
    private readonly record struct Bucket(double Level, double Unshared, long At);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>What is left, without taking it; below 0 when more was spent than there was.</summary>
    public double Level(string key)
    {
        lock (_gate)
            return Now(key).Level;
    }

    /// <summary>Takes one token.</summary>
    /// <param name="key">Whose.</param>
    /// <param name="toShare">How many tokens others are to be charged for; mostly none.</param>
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
            if (bucket.Level < shareBelow)
            {
                toShare = (int)Math.Round(bucket.Unshared);
                bucket = bucket with { Unshared = 0 };
            }

            _buckets[key] = bucket;
            return null;
        }
    }

    /// <summary>So many tokens were spent elsewhere.</summary>
    public void Charge(string key, int spent)
    {
        lock (_gate)
        {
            var bucket = Now(key);
            _buckets[key] = bucket with { Level = Math.Max(-burst, bucket.Level - spent) };
        }
    }

    /// <summary>Forgets who has a full bucket again, and gives the memory back.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            foreach (var full in _buckets.Keys.Where(key => Now(key).Level >= burst).ToArray())
                _buckets.Remove(full);
            _buckets.TrimExcess();
        }
    }

    /// <summary>How many keys are remembered.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
                return _buckets.Count;
        }
    }

    private Bucket Now(string key)
    {
        var now = time.GetTimestamp();
        if (!_buckets.TryGetValue(key, out var bucket))
            return new(burst, 0, now);
        var level = Math.Min(burst, bucket.Level + (time.GetElapsedTime(bucket.At, now) / refill));
        return new(level, Math.Min(bucket.Unshared, burst - level), now);
    }
}
