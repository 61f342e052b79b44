using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Delivery;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Sync;

/// <summary>
/// Tells connections how far their user's version is, so that a lost push is found without a reconnect: once when a
/// connection is there, and about every 30 seconds for all users at once.
/// </summary>
public sealed class PositionService(
    IDatabase database, InboxStore inboxes, LiveConnections connections, IDelivery delivery, TimeProvider time, ILogger<PositionService> log)
    : BackgroundService
{
    private const int Batch = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>To all connections of one user.</summary>
    public async Task TellAsync(UserRef user, CancellationToken cancellation)
    {
        var inbox = await database.ReadAsync(session => inboxes.ReadAsync(session, user.Key).AsTask(), cancellation);
        Tell(user.Id, inbox.Version);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Jitter, so that several instances do not ask the database in step.
            await Task.Delay(Interval * (0.8 + (0.4 * Random.Shared.NextDouble())), time, stoppingToken);
            try
            {
                foreach (var users in connections.Users.Chunk(Batch))
                    await TellAllAsync(users, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                SyncLog.PositionFailed(log, e);
            }
        }
    }

    private async Task TellAllAsync(string[] users, CancellationToken cancellation)
    {
        var versions = await database.ReadAsync(session => inboxes.VersionsAsync(session, users), cancellation);
        foreach (var (userId, version) in versions)
            Tell(userId, version);
    }

    private void Tell(string userId, long version)
    {
        var position = new Position { Epoch = database.Epoch, Version = version };
        delivery.Deliver(new(userId, nameof(IChatClient.Position), position, Version: null, ExceptConnectionId: null));
    }
}
