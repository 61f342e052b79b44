using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>Another instance, as far as it is known here.</summary>
internal sealed class Peer(string id)
{
    public string Id => id;

    /// <summary>Its users and how many connections each has there.</summary>
    public Dictionary<string, UserConnections> Users { get; } = new(StringComparer.Ordinal);

    /// <summary>Its whole roster was received, and nothing since was missed.</summary>
    public bool IsKnown { get; set; }

    /// <summary>It did not answer in time: nothing waits for it until it is heard from again.</summary>
    public bool IsSilent { get; set; }

    /// <summary>It gives no more turns of presence.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>A timestamp.</summary>
    public long LastHeard { get; set; }

    /// <summary>The numbers of its last messages by channel; none known: any is next.</summary>
    public Dictionary<string, long> Numbers { get; } = new(StringComparer.Ordinal);
}

/// <summary>
/// The other instances and who is connected to which. Changed by one thread at a time; <see cref="Holding"/> may be asked by all.
/// </summary>
internal sealed class Peers(string self, PresenceTracker presence)
{
    private readonly ConcurrentDictionary<string, Peer> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableArray<Peer>> _byUser = new(StringComparer.Ordinal);

    public ICollection<Peer> All => _byId.Values;

    /// <summary>The instances where the user is connected.</summary>
    public ImmutableArray<Peer> Holding(string userId) => _byUser.TryGetValue(userId, out var peers) ? peers : [];

    public Peer Meet(string id) => _byId.GetOrAdd(id, static id => new(id));

    public void Apply(Peer peer, Roster roster)
    {
        // An instance that is leaving gives no more turns.
        peer.IsLeaving = roster.IsLeaving;
        var isOurs = peer.IsLeaving && IsHeirOf(peer);
        if (roster.IsWhole)
        {
            var present = roster.Users.Select(entry => entry.User.Id).ToHashSet(StringComparer.Ordinal);
            foreach (var gone in peer.Users.Values.Where(entry => !present.Contains(entry.User.Id)).ToArray())
                Set(peer, gone with { Count = 0 }, isOurs);
            peer.IsKnown = true;
        }

        foreach (var entry in roster.Users)
            Set(peer, entry, isOurs);
    }

    /// <summary>It is no more. One of those that are left tells that its users went offline.</summary>
    public void Forget(Peer peer)
    {
        _byId.TryRemove(peer.Id, out _);
        var isHeir = IsHeirOf(peer);
        foreach (var entry in peer.Users.Values.ToArray())
            Set(peer, entry with { Count = 0 }, isHeir);
    }

    /// <summary>The one with the first id, of those that stay.</summary>
    private bool IsHeirOf(Peer peer) =>
        _byId.Values.All(other => other == peer || other.IsLeaving || string.CompareOrdinal(self, other.Id) < 0);

    private void Set(Peer peer, UserConnections entry, bool isOurs)
    {
        var user = entry.User;
        var before = peer.Users.GetValueOrDefault(user.Id).Count;
        if (before == entry.Count)
            return;
        if (entry.Count > 0)
        {
            peer.Users[user.Id] = entry;
            if (before == 0)
                _byUser.AddOrUpdate(user.Id, static (_, peer) => [peer], static (_, peers, peer) => peers.Add(peer), peer);
        }
        else
        {
            peer.Users.Remove(user.Id);
            var rest = Holding(user.Id).Remove(peer);
            if (rest.IsEmpty)
                _byUser.TryRemove(user.Id, out _);
            else
                _byUser[user.Id] = rest;
        }

        presence.MovedElsewhere(user, entry.Count - before, isOurs);
    }
}
