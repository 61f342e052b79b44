using System.Globalization;
using ChatHub.Server.Storage;
using StackExchange.Redis;
using IDatabase = StackExchange.Redis.IDatabase;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>
/// Presence as keys with leases: each instance renews its own with every heartbeat. The users of one whose lease has ended
/// are taken over by the next that beats, to announce those who do not reconnect.
/// </summary>
internal sealed class RedisPresence(PresenceTracker tracker, RedisDatabase redis, TimeProvider time, ILogger<RedisPresence> log) : IPresenceRegistry
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ResponseLimit = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private HashSet<string> _live = [];

    public string Instance { get; } = Guid.NewGuid().ToString("N")[..12];

    /// <summary>A lease timed out: that instance may have committed what it did not publish.</summary>
    public event Action? InstanceLost;

    public async Task<int> RegisterAsync(UserRef user) =>
        await TryAsync(database => RegisterAsync(database, [user], tracker.Find)) is [var elsewhere] ? elsewhere : 0;

    public Task<bool?> IsOnlineAsync(UserRef user) =>
        TryAsync<bool?>(async database => await database.HashExistsAsync(RedisKeys.Online, Member(user)));

    public Task<IReadOnlyCollection<UserRef>?> ClaimAsync(IReadOnlyList<UserRef> users, bool isOnline) => TryAsync<IReadOnlyCollection<UserRef>>(async database =>
    {
        if (!isOnline)
            return Users(await EvaluateAsync(database, RedisScripts.ClaimOffline, users.Select(Member)));
        var added = await Task.WhenAll(users.Select(user => database.HashSetAsync(RedisKeys.Online, Member(user), 1, When.NotExists)));
        return [.. users.Where((_, i) => added[i])];
    });

    /// <summary>Registers this instance and all of its users.</summary>
    public Task BeginAsync(IDatabase database)
    {
        _live.Clear();
        return BeatAsync(database, isFirst: true);
    }

    /// <summary>Renews the lease, and takes over the users of those that did not.</summary>
    public async Task BeatAsync(IDatabase database, CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Interval, time, cancellation);
            await BeatAsync(database, isFirst: false);
        }
    }

    /// <summary>Ends the lease at once.</summary>
    public Task LeaveAsync(IDatabase database) => database.SortedSetAddAsync(RedisKeys.Instances, Instance, 0, When.Exists);

    /// <summary>Another instance has left in good order.</summary>
    public void Left(string instance) => _live = [.. _live.Where(id => id != instance)];

    private async Task BeatAsync(IDatabase database, bool isFirst)
    {
        var heartbeat = (RedisResult[])(await EvaluateAsync(
            database, RedisScripts.Heartbeat, [(long)Lease.TotalMilliseconds, (long)TimeToLive.TotalMilliseconds]))!;
        tracker.TakeOver(Users(heartbeat[2]));
        // Unknown in the middle of a session: it was taken for dead, as after a pause of its whole machine.
        if (isFirst || (bool)heartbeat[0])
        {
            foreach (var users in tracker.All().Chunk(1_000))
                await RegisterAsync(database, [.. users.Select(entry => entry.User)], tracker.Find);
        }

        var live = ((string[])heartbeat[1]!).Where(id => id != Instance).ToHashSet();
        var lost = _live.Except(live).ToList();
        _live = live;
        foreach (var instance in lost)
        {
            DeliveryLog.InstanceLost(log, instance);
            InstanceLost?.Invoke();
        }
    }

    private async Task<int[]> RegisterAsync(IDatabase database, UserRef[] users, Func<UserRef, UserConnections?> find)
    {
        Task<RedisResult> registering;
        // Counted and sent in one go: what is sent last is how it is.
        lock (_gate)
        {
            registering = EvaluateAsync(database, RedisScripts.Register, users.SelectMany(user => find(user) is { } found
                ? (RedisValue[])[Member(user), found.Count, found.IsAnnounced]
                : [Member(user), RedisValue.EmptyString, false]));
        }

        return (int[])(await registering)!;
    }

    private Task<RedisResult> EvaluateAsync(IDatabase database, string script, IEnumerable<RedisValue> values) =>
        database.ScriptEvaluateAsync(script, RedisScripts.Keys, [Instance, .. values]).WaitAsync(ResponseLimit, time);

    /// <returns>Null while Redis is away.</returns>
    private async Task<T?> TryAsync<T>(Func<IDatabase, Task<T>> command)
    {
        try
        {
            return redis.Current is { } database ? await command(database).WaitAsync(ResponseLimit, time) : default;
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            return default;
        }
    }

    private static RedisValue Member(UserRef user) => $"{user.Key} {user.Id}";

    private static UserRef[] Users(RedisResult members) =>
        [.. ((string[])members!).Select(member => member.Split(' ', 2)).Select(parts => new UserRef(long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]))];
}
