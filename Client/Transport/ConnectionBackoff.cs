namespace ChatHub.Client.Transport;

/// <summary>
/// The delays between a client's attempts to connect. A connection that ends right after it was made counts as a failed
/// attempt: a server that closes what it has just accepted is tried less and less often. Thread-safe.
/// </summary>
internal sealed class ConnectionBackoff(Backoff backoff, TimeProvider time)
{
    /// <summary>How long a connection must last to count as a success.</summary>
    public static readonly TimeSpan LastingTime = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long? _connectedAt;
    private long _failures;

    /// <summary>A connection was established.</summary>
    public void OnConnected()
    {
        lock (_gate)
            _connectedAt = time.GetTimestamp();
    }

    /// <summary>The delay after a connection that has ended, or an attempt that has failed.</summary>
    public TimeSpan NextAfter(Exception? failure)
    {
        lock (_gate)
        {
            if (_connectedAt is { } since && time.GetElapsedTime(since) >= LastingTime)
                _failures = 0;
            _connectedAt = null;
            return backoff.NextAfter(failure, _failures++);
        }
    }
}
