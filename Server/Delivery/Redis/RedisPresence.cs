using System.Globalization;
using ChatHub.Server.Storage;
using StackExchange.Redis;
using IDatabase = StackExchange.Redis.IDatabase;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>
/// Presence as keys with leases: each instance renews its lease with every heartbeat. The users of one whose lease has timed
/// out are taken over by the next heartbeat of another, to announce those who do not reconnect.
/// </summary>
internal sealed class RedisPresence(PresenceTracker tracker, RedisDatabase redis, TimeProvider time, ILogger<RedisPresence> log) : IPresenceRegistry
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    /// <summary>After so long the others know that an instance was killed: the lease, and a heartbeat of theirs.</summary>
    public static TimeSpan DetectionTime => Lease + Interval;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TakenOverLifetime = TimeSpan.FromDays(1);
    private static readonly TimeSpan ResponseLimit = TimeSpan.FromSeconds(1);

    // Counts are read and sent in one go: what is sent last is how it is.
    private readonly Lock _gate = new();
    private volatile string[] _others = [];
    private volatile IDatabase? _settled; // of the present session, from its second heartbeat on

    public string Instance { get; } = Guid.NewGuid().ToString("N")[..12];

    /// <summary>An instance has come, left or its lease timed out: it may have committed what did not arrive.</summary>
    public event Action? InstancesChanged;

    private string Own => RedisKeys.Connections + Instance;

    public Task<int> RegisterAsync(UserRef user) => TryAsync(async database =>
    {
        await SetCountAsync(database, user, isDecided: false);
        return await CountElsewhereAsync(database, user);
    });

    public Task<int> CountElsewhereAsync(UserRef user) => TryAsync(database => CountElsewhereAsync(database, user));

    public Task<bool?> IsOnlineAsync(UserRef user) => TryAsync<bool?>(async database => await database.HashExistsAsync(RedisKeys.Online, Field(user)));

    public Task<IReadOnlyCollection<UserRef>?> ClaimAsync(IReadOnlyList<UserRef> users, bool isOnline) => TryAsync<IReadOnlyCollection<UserRef>?>(async database =>
    {
        // Until then neither this instance's users nor those of the others, which lost Redis too, need be registered again.
        if (!isOnline && _settled != database)
            return null;
        // Of several instances that add or remove the same field a single one succeeds.
        var claimed = await Task.WhenAll(users.Select(user => isOnline
            ? database.HashSetAsync(RedisKeys.Online, Field(user), 1, When.NotExists)
            : ClaimOfflineAsync(database, user)));
        return [.. users.Where((_, i) => claimed[i])];
    });

    /// <summary>Registers this instance and all of its users, then sends heartbeats until it is cancelled or one fails.</summary>
    public async Task RunAsync(IDatabase database, CancellationToken cancellation)
    {
        _others = [];
        for (var isFirst = true; ; isFirst = false)
        {
            await BeatAsync(database, isFirst);
            if (!isFirst)
                _settled = database;
            await Task.Delay(Interval, time, cancellation);
        }
    }

    /// <summary>Another instance has come: its connections count before the next heartbeat, too.</summary>
    public void Met(string instance)
    {
        _others = [.. _others.Append(instance).Distinct()];
        InstancesChanged?.Invoke();
    }

    public Task LeaveAsync(IDatabase database) => database.KeyDeleteAsync(RedisKeys.Lease + Instance);

    private async Task BeatAsync(IDatabase database, bool isFirst)
    {
        await database.StringSetAsync(RedisKeys.Lease + Instance, 1, Lease);
        var isUnknown = database.SetAddAsync(RedisKeys.Instances, Instance);
        await Task.WhenAll([
            isUnknown, .. ((string[])[RedisKeys.Instances, RedisKeys.Online, Own]).Select(key => database.KeyExpireAsync(key, TimeToLive))]);
        // Unknown in the middle of a session: it was taken for dead, as after a pause of its whole machine.
        if (isFirst || await isUnknown)
            await RegisterAllAsync(database);

        var known = (await database.SetMembersAsync(RedisKeys.Instances)).Select(id => (string)id!).Where(id => id != Instance).ToArray();
        var isLive = await Task.WhenAll(known.Select(id => database.KeyExistsAsync(RedisKeys.Lease + id)));
        var (before, live) = (_others, known.Where((_, i) => isLive[i]).ToArray());
        _others = live;
        foreach (var gone in known.Except(live))
            await TakeOverAsync(database, gone);
        foreach (var lost in before.Except(live))
        {
            DeliveryLog.InstanceLost(log, lost);
            InstancesChanged?.Invoke();
        }
    }

    private async Task RegisterAllAsync(IDatabase database)
    {
        // Only then: after a restart of Redis all would be announced once more.
        if (await database.KeyDeleteAsync(RedisKeys.TakenOver + Instance))
        {
            var announced = tracker.All().Where(entry => entry is { Count: > 0, IsAnnounced: true }).Select(entry => entry.User).ToArray();
            var online = await database.HashGetAsync(RedisKeys.Online, [.. announced.Select(Field)]);
            tracker.AnnounceAgain(announced.Where((_, i) => online[i].IsNull));
        }

        await SetCountsAsync(database);
    }

    private async Task TakeOverAsync(IDatabase database, string instance)
    {
        await database.StringSetAsync(RedisKeys.TakenOver + instance, 1, TakenOverLifetime);
        // A single instance removes it.
        if (!await database.SetRemoveAsync(RedisKeys.Instances, instance))
            return;
        var fields = await database.HashKeysAsync(RedisKeys.Connections + instance);
        tracker.TakeOver(fields.Select(field => ((string)field!).Split(' ', 2)).Select(parts => new UserRef(long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1])));
        await SetCountsAsync(database);
        await database.KeyDeleteAsync(RedisKeys.Connections + instance);
    }

    private Task SetCountsAsync(IDatabase database)
    {
        lock (_gate)
        {
            var all = tracker.All();
            return Task.WhenAll(
                database.HashSetAsync(Own, [.. all.Select(entry => new HashEntry(Field(entry.User), entry.Count))]),
                database.HashSetAsync(RedisKeys.Online, [.. all.Where(entry => entry.IsAnnounced).Select(entry => new HashEntry(Field(entry.User), 1))]));
        }
    }

    // Without connections the user stays with count 0 until it is decided whether they went offline.
    private Task<bool> SetCountAsync(IDatabase database, UserRef user, bool isDecided)
    {
        lock (_gate)
        {
            return tracker.Find(user) is { } found && (found.Count > 0 || !isDecided)
                ? database.HashSetAsync(Own, Field(user), found.Count)
                : database.HashDeleteAsync(Own, Field(user));
        }
    }

    private async Task<bool> ClaimOfflineAsync(IDatabase database, UserRef user)
    {
        await SetCountAsync(database, user, isDecided: true);
        return tracker.Find(user) is not { Count: > 0 } && await CountElsewhereAsync(database, user) == 0 && await database.HashDeleteAsync(RedisKeys.Online, Field(user));
    }

    private async Task<int> CountElsewhereAsync(IDatabase database, UserRef user) =>
        (await Task.WhenAll(_others.Select(id => database.HashGetAsync(RedisKeys.Connections + id, Field(user))))).Sum(count => (int)count);

    /// <returns>Null or 0 while Redis is away.</returns>
    private async Task<T?> TryAsync<T>(Func<IDatabase, Task<T>> command)
    {
        try
        {
            return redis.Current is { } database ? await command(database).WaitAsync(ResponseLimit, time) : default;
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException or OperationCanceledException)
        {
            return default;
        }
    }

    private static RedisValue Field(UserRef user) => $"{user.Key} {user.Id}";
}
