using ChatHub.Server.Storage;

namespace ChatHub.Server.Delivery;

/// <summary>
/// Counts each user's connections on this instance, and debounces: a reconnect within <see cref="OfflineDelay"/> is no
/// transition, so that a restart of a server or a tunnel causes no storm. Pure but for its clock.
/// </summary>
public sealed class PresenceTracker(TimeProvider time)
{
    /// <summary>How long the last connection must be closed before the user is announced as offline.</summary>
    public static readonly TimeSpan OfflineDelay = TimeSpan.FromSeconds(5);

    /// <summary>How long the first connection must be open before the user is announced as online.</summary>
    public static readonly TimeSpan OnlineDelay = TimeSpan.FromMilliseconds(500);

    private sealed class State
    {
        public int Count { get; set; }
        public bool IsAnnounced { get; set; }
        public DateTimeOffset Since { get; set; }
    }

    private readonly Lock _gate = new();
    private readonly Dictionary<UserRef, State> _states = [];
    private readonly HashSet<UserRef> _pending = [];
    private volatile bool _isLeaving;

    /// <returns>How many connections the user now has on this instance.</returns>
    public int Connected(UserRef user)
    {
        lock (_gate)
        {
            var state = StateOf(user);
            if (++state.Count == 1)
                Begin(user, state);
            return state.Count;
        }
    }

    public void Disconnected(UserRef user)
    {
        lock (_gate)
        {
            if (_states.TryGetValue(user, out var state) && state.Count > 0 && --state.Count == 0)
                Begin(user, state);
        }
    }

    /// <summary>Takes over users of an instance that is gone: those who do not come back go offline from here.</summary>
    public void TakeOver(IEnumerable<UserRef> users)
    {
        lock (_gate)
        {
            foreach (var user in users)
            {
                var state = StateOf(user);
                if (state.Count == 0 && !_pending.Contains(user))
                    Begin(user, state);
            }
        }
    }

    /// <summary>Users who are here and whom another instance has announced as offline: they come online once more.</summary>
    public void AnnounceAgain(IEnumerable<UserRef> users)
    {
        lock (_gate)
        {
            foreach (var user in users)
            {
                if (!_states.TryGetValue(user, out var state) || state.Count == 0)
                    continue;
                state.IsAnnounced = false;
                Begin(user, state);
            }
        }
    }

    /// <summary>
    /// This process is going, and its users to others: what it sees of them from now on says nothing about where they are.
    /// It announces no more transitions; other instances, where there are any, do.
    /// </summary>
    public void Leave() => _isLeaving = true;

    /// <summary>The user's connections on this instance; null when there are none and nothing is pending.</summary>
    public UserConnections? Find(UserRef user)
    {
        lock (_gate)
            return _states.TryGetValue(user, out var state) ? Describe(user, state) : null;
    }

    /// <summary>All users with connections on this instance or something pending.</summary>
    public IReadOnlyList<UserConnections> All()
    {
        lock (_gate)
            return [.. _states.Select(entry => Describe(entry.Key, entry.Value))];
    }

    /// <summary>At the very end: who was here and when they were last, for those who do not come back elsewhere.</summary>
    public IReadOnlyList<PresenceTransition> LastSeen()
    {
        var now = time.GetUtcNow();
        lock (_gate)
            return [.. _states.Select(entry => new PresenceTransition(entry.Key, IsOnline: false, entry.Value.Count > 0 ? now : entry.Value.Since))];
    }

    /// <summary>Transitions that have lasted long enough; they stay pending until <see cref="Complete"/>.</summary>
    public IReadOnlyList<PresenceTransition> Due()
    {
        if (_isLeaving)
            return [];
        var now = time.GetUtcNow();
        lock (_gate)
        {
            return
            [
                .. from user in _pending
                   let state = _states[user]
                   where now - state.Since >= (state.Count > 0 ? OnlineDelay : OfflineDelay)
                   select new PresenceTransition(user, state.Count > 0, state.Since),
            ];
        }
    }

    /// <summary>The transition was decided, or announced while it could not be decided.</summary>
    /// <param name="transition">One that was due.</param>
    /// <param name="isDecided">False: it stays pending.</param>
    /// <returns>Whether others were not notified of it before.</returns>
    public bool Complete(PresenceTransition transition, bool isDecided)
    {
        var (user, isOnline, _) = transition;
        lock (_gate)
        {
            if (!_states.TryGetValue(user, out var state))
                return false;
            var wasAnnounced = state.IsAnnounced;
            state.IsAnnounced = isOnline;
            if (isDecided && isOnline == state.Count > 0)
            {
                _pending.Remove(user);
                if (!isOnline)
                    _states.Remove(user);
                // Thousands may have come at once.
                if (_pending.Count == 0)
                    _pending.TrimExcess();
            }

            return wasAnnounced != isOnline;
        }
    }

    private UserConnections Describe(UserRef user, State state) =>
        new(user, state.Count, state.IsAnnounced && !(state.Count > 0 && _pending.Contains(user)));

    private State StateOf(UserRef user)
    {
        if (!_states.TryGetValue(user, out var state))
            _states.Add(user, state = new());
        return state;
    }

    private void Begin(UserRef user, State state)
    {
        state.Since = time.GetUtcNow();
        _pending.Add(user);
    }
}
