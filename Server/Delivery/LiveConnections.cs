using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace ChatHub.Server.Delivery;

/// <summary>The connections of this process, by id and by user.</summary>
public sealed class LiveConnections
{
    private readonly ConcurrentDictionary<string, LiveConnection> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableArray<LiveConnection>> _byUser = new(StringComparer.Ordinal);

    public ICollection<LiveConnection> All => _byId.Values;

    /// <summary>The users who have a connection here; one who connects or disconnects meanwhile may be among them or not.</summary>
    public IEnumerable<string> Users => _byUser.Select(entry => entry.Key);

    public void Add(LiveConnection live)
    {
        _byId[live.Id] = live;
        DeliveryMetrics.Connections.Add(1);
        if (live.UserId is { } user)
            _byUser.AddOrUpdate(user, static (_, added) => [added], static (_, all, added) => all.Add(added), live);
    }

    public void Remove(string connectionId)
    {
        if (!_byId.TryRemove(connectionId, out var live))
            return;
        DeliveryMetrics.Connections.Add(-1);
        if (live.UserId is not { } user)
            return;
        while (_byUser.TryGetValue(user, out var all))
        {
            var rest = all.Remove(live);
            var done = rest.IsEmpty
                ? _byUser.TryRemove(KeyValuePair.Create(user, all))
                : _byUser.TryUpdate(user, rest, all);
            if (done)
                return;
        }
    }

    public LiveConnection? Find(string connectionId) => _byId.GetValueOrDefault(connectionId);

    public ImmutableArray<LiveConnection> OfUser(string userId) =>
        _byUser.TryGetValue(userId, out var all) ? all : [];
}
