using ChatHub.Contracts;
using ChatHub.Server.Delivery;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>Announces presence to the users who may know it, and reads it for profiles.</summary>
public sealed class PresenceService(
    IDatabase database, PresenceStore store, PresenceCoordinator presence, PresenceTracker tracker, IDelivery delivery,
    TimeProvider time, ILogger<PresenceService> log) : BackgroundService
{
    private const int Batch = 500;

    // As exact as others may know when the user was last here.
    private static readonly TimeSpan LastSeenStep = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    // What fails for longer is no outage that ends by itself.
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryLimit = TimeSpan.FromHours(1);

    // At most one of each user, the longest waiting first.
    private readonly OrderedDictionary<UserRef, PresenceTransition> _failed = [];
    private long _retriedAt;

    /// <summary>What a profile shows; null where it may not be known.</summary>
    public async Task<(bool? IsOnline, DateTimeOffset? LastSeenAt)> ReadAsync(DbSession session, long viewer, UserRef other)
    {
        if (!await store.IsShownAsync(session, viewer, other.Key))
            return (null, null);
        if (await presence.IsOnlineAsync(other) is not false and var isOnline)
            return (isOnline, null);
        return (false, await store.LastSeenAsync(session, other.Key) is { } ms ? Rounded(ms) : null);
    }

    /// <summary>The user began or stopped to show their presence: those who may know it see it appear or go.</summary>
    public async Task PublishShownAsync(UserRef user, bool isShown, CancellationToken cancellation)
    {
        if (await presence.IsOnlineAsync(user) == true)
            await PublishAsync(user, new() { UserId = user.Id, IsOnline = isShown }, evenHidden: !isShown, cancellation);
    }

    /// <summary>The connections have gone by now. Nothing is announced: another instance announces users who do not reconnect to it.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            foreach (var page in tracker.LastSeen().Chunk(Batch))
                await RememberAsync(page, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or StorageUnavailableException or UnknownOutcomeException)
        {
            // The host's patience is over, or the database is away; this is the least of what it still has to end.
            ConversationLog.PresenceFailed(log, e);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var transition in await presence.DequeueDueAsync())
                await AnnounceAsync(transition, stoppingToken);
            if (_failed.Count > 0 && time.GetElapsedTime(_retriedAt) >= RetryInterval)
                await RetryAsync(stoppingToken);
        }
    }

    /// <summary>Announces again what failed, until something fails once more.</summary>
    private async Task RetryAsync(CancellationToken cancellation)
    {
        for (var isAnnounced = true; isAnnounced && _failed.Count > 0;)
        {
            var (user, transition) = _failed.GetAt(0);
            _failed.RemoveAt(0);
            if (time.GetUtcNow() - transition.At < RetryLimit && await presence.IsOnlineAsync(user) != !transition.IsOnline)
                isAnnounced = await AnnounceAsync(transition, cancellation);
        }
    }

    /// <returns>False if it has to be announced again: the transition comes once, and others would see what is not so until the next one.</returns>
    private async Task<bool> AnnounceAsync(PresenceTransition transition, CancellationToken cancellation)
    {
        var e = new PresenceChanged { UserId = transition.User.Id, IsOnline = transition.IsOnline };
        // Before it is published, because who receives it reads the profile. On a full disk that fails, and the audience can still be read.
        var isRemembered = transition.IsOnline || await TryAsync(() => RememberAsync([transition], cancellation), cancellation);
        var isAnnounced = await TryAsync(() => PublishAsync(transition.User, e, evenHidden: false, cancellation), cancellation) && isRemembered;
        _failed.Remove(transition.User);
        if (isAnnounced)
            return true;
        _failed.Add(transition.User, transition);
        _retriedAt = time.GetTimestamp();
        return false;
    }

    private async Task<bool> TryAsync(Func<Task> step, CancellationToken cancellation)
    {
        try
        {
            await step();
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            ConversationLog.PresenceFailed(log, e);
            return false;
        }
    }

    private static DateTimeOffset Rounded(long ms) => (ms - (ms % (long)LastSeenStep.TotalMilliseconds)).ToInstant();

    private Task RememberAsync(IReadOnlyList<PresenceTransition> gone, CancellationToken cancellation) => database.WriteAsync(
        LockScope.None,
        async session =>
        {
            // In the order of keys: two instances that stop at once do not wait for each other in a circle.
            foreach (var transition in gone.OrderBy(transition => transition.User.Key))
                await store.SetLastSeenAsync(session, transition.User.Key, transition.At.ToUnixTimeMilliseconds());
        },
        cancellation);

    private async Task PublishAsync(UserRef user, PresenceChanged e, bool evenHidden, CancellationToken cancellation)
    {
        long after = 0;
        while (true)
        {
            var audience = await database.ReadAsync(
                session => store.AudienceAsync(session, user.Key, after, evenHidden, Batch), cancellation);
            foreach (var viewer in audience.Where(viewer => viewer.IsShown))
                delivery.Deliver(new(viewer.UserId, nameof(IChatClient.PresenceChanged), e, Version: null, ExceptConnectionId: null));
            if (audience.Count < Batch)
                return;
            after = audience[^1].ConversationKey;
        }
    }
}
