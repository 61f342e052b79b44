using ChatHub.Server.Delivery;
using ChatHub.Server.Storage;

namespace ChatHub.Server.People.Accounts;

/// <summary>
/// Closes connections whose session has ended without a word of it coming through: it ended on another instance while the
/// backplane was away, or just as the connection was made.
/// </summary>
public sealed class EndedSessionWatch(
    IDatabase database, SessionStore store, LiveConnections connections, TimeProvider time, ILogger<EndedSessionWatch> log) : BackgroundService
{
    private const int Batch = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Interval, time, stoppingToken);
            try
            {
                foreach (var batch in connections.All.Where(live => live.SessionId is not null).Chunk(Batch))
                    await CloseEndedAsync(batch, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                AccountLog.WatchFailed(log, e);
            }
        }
    }

    private async Task CloseEndedAsync(LiveConnection[] batch, CancellationToken cancellation)
    {
        var ids = batch.Select(live => live.SessionId!).Distinct().ToArray();
        var existing = (await database.ReadAsync(session => store.ExistingAsync(session, ids), cancellation)).ToHashSet();
        foreach (var live in batch.Where(live => !existing.Contains(live.SessionId!)))
            live.Connection.Abort();
    }
}
