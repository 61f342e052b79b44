namespace ChatHub.Server.Storage;

/// <summary>Logs that the database is unavailable, or damaged: each once a minute, however many callers it fails.</summary>
internal sealed class OutageLog(TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long? _outageLoggedAt;
    private long? _damageLoggedAt;

    public void Add(StorageUnavailableException outage)
    {
        StorageMetrics.Outages.Add(1);
        if (!IsDue(ref outage.IsDamage ? ref _damageLoggedAt : ref _outageLoggedAt))
            return;
        if (outage.IsDamage)
            StorageLog.Damaged(log, outage.Message);
        else
            StorageLog.Unavailable(log, outage.Message);
    }

    private bool IsDue(ref long? loggedAt)
    {
        lock (_gate)
        {
            if (loggedAt is { } at && time.GetElapsedTime(at) < Interval)
                return false;
            loggedAt = time.GetTimestamp();
            return true;
        }
    }
}
