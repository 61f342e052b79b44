namespace ChatHub.Server.Hosting.Load;

/// <summary>Counts the refused frames of one connection within a sliding window. Not for concurrent use.</summary>
internal sealed class RefusalWindow(TimeProvider time)
{
    /// <summary>So many refusals within <see cref="Length"/> end the connection.</summary>
    public const int Max = 1_000;

    public static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    private readonly Queue<long> _refusedAt = new();

    /// <summary>Adds one refusal.</summary>
    /// <returns>Whether there were <see cref="Max"/> within the window.</returns>
    public bool Add()
    {
        var now = time.GetTimestamp();
        _refusedAt.Enqueue(now);
        while (time.GetElapsedTime(_refusedAt.Peek(), now) >= Length)
            _refusedAt.Dequeue();
        if (_refusedAt.Count < Max)
            return false;
        _refusedAt.Clear();
        return true;
    }
}
