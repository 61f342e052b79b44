namespace ChatHub.Server.Storage;

/// <summary>Logs that the database is unavailable: once a minute, however many callers it fails.</summary>
internal sealed class OutageLog(TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long? _loggedAt;

    public void Add(StorageUnavailableException outage)
    {
        StorageMetrics.Outages.Add(1);
        lock (_gate)
        {
            if (_loggedAt is { } at && time.GetElapsedTime(at) < Interval)
                return;
            _loggedAt = time.GetTimestamp();
        }

        StorageLog.Unavailable(log, outage.Message);
    }
}
