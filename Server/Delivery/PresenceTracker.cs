using ChatHub.Server.Storage;

namespace ChatHub.Server.Delivery;

/// <summary>Somebody came or went, and stayed so long enough to be worth telling.</summary>
/// <param name="User">Who.</param>
/// <param name="IsOnline">Came, or went.</param>
/// <param name="At">When.</param>
public readonly record struct PresenceTurn(UserRef User, bool IsOnline, DateTimeOffset At);

/// <summary>How many connections a user has on one instance.</summary>
public readonly record struct UserConnections(UserRef User, int Count);

/// <summary>
/// Who is online, on any instance, debounced: a reconnect within <see cref="OfflineDelay"/> is not seen by anybody, so that
/// a restart of a server or a tunnel causes no storm. Every instance follows the same moves; the one where the last of
/// them was made gives the turn. Pure but for its clock; the service behind it asks for the turns that are due.
/// </summary>
public sealed class PresenceTracker(TimeProvider time)
{
    /// <summary>How long somebody must be gone before it is told.</summary>
    public static readonly TimeSpan OfflineDelay = TimeSpan.FromSeconds(5);

    /// <summary>How long somebody must be there before it is told.</summary>
    public static readonly TimeSpan OnlineDelay = TimeSpan.FromMilliseconds(500);

    private sealed class State
    {
        public required UserRef User { get; init; }
        public int Here { get; set; }
        public int Elsewhere { get; set; }
        public bool Announced { get; set; }
        public bool IsOurs { get; set; }
        public DateTimeOffset Since { get; set; }
        public int Connections => Here + Elsewhere;
    }

    private readonly Lock _gate = new();
    private readonly Dictionary<string, State> _states = new(StringComparer.Ordinal);
    private readonly HashSet<string> _turning = new(StringComparer.Ordinal);
    private volatile bool _isLeaving;

    /// <summary>A user's connections on this instance have changed.</summary>
    public event Action<UserRef>? Changed;

    public bool IsLeaving { get => _isLeaving; private set => _isLeaving = value; }

    /// <returns>How many connections the user now has, on all instances.</returns>
    public int Connected(UserRef user)
    {
        var connections = Move(user, here: +1, elsewhere: 0, isOurs: true);
        Changed?.Invoke(user);
        return connections;
    }

    public void Disconnected(UserRef user)
    {
        Move(user, here: -1, elsewhere: 0, isOurs: true);
        Changed?.Invoke(user);
    }

    /// <summary>Connections on other instances came or went.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="by">How many more, or less.</param>
    /// <param name="isOurs">The turn that this makes is this instance's to give: theirs is not there to do it.</param>
    public void MovedElsewhere(UserRef user, int by, bool isOurs) => Move(user, here: 0, elsewhere: by, isOurs);

    /// <summary>Whether the user reads as online to those who may know.</summary>
    public bool IsOnline(string userId)
    {
        lock (_gate)
            return _states.TryGetValue(userId, out var state) && (state.Announced || state.Connections > 0);
    }

    /// <summary>
    /// This process is going, and its users to others: what it sees of them from now on says nothing about where they are.
    /// There are no more turns: other instances, where there are any, give them.
    /// </summary>
    public void Leave() => IsLeaving = true;

    /// <summary>At the very end: who was here and when they were last, for those who do not come back elsewhere.</summary>
    public IReadOnlyList<PresenceTurn> LastSeen()
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            return
            [
                .. _states.Values.Where(state => state.Elsewhere == 0)
                    .Select(state => new PresenceTurn(state.User, IsOnline: false, state.Here > 0 ? now : state.Since)),
            ];
        }
    }

    /// <summary>The user's connections on this instance.</summary>
    public int ConnectionsHere(string userId)
    {
        lock (_gate)
            return _states.TryGetValue(userId, out var state) ? state.Here : 0;
    }

    /// <summary>Everybody who has connections on this instance.</summary>
    public IReadOnlyList<UserConnections> Here()
    {
        lock (_gate)
            return [.. _states.Values.Where(state => state.Here > 0).Select(state => new UserConnections(state.User, state.Here))];
    }

    /// <summary>The turns that have lasted and are this instance's to give; each is given once.</summary>
    public IReadOnlyList<PresenceTurn> TakeDue()
    {
        var now = time.GetUtcNow();
        var due = new List<PresenceTurn>();
        lock (_gate)
        {
            if (IsLeaving)
                return due;
            foreach (var id in _turning.ToArray())
            {
                var state = _states[id];
                var isOnline = state.Connections > 0;
                if (isOnline == state.Announced)
                {
                    _turning.Remove(id);
                }
                else if (now - state.Since >= (isOnline ? OnlineDelay : OfflineDelay))
                {
                    _turning.Remove(id);
                    state.Announced = isOnline;
                    if (state.IsOurs)
                        due.Add(new(state.User, isOnline, state.Since));
                }

                if (!isOnline && !state.Announced && !_turning.Contains(id))
                    _states.Remove(id);
            }
        }

        return due;
    }

    private int Move(UserRef user, int here, int elsewhere, bool isOurs)
    {
        lock (_gate)
        {
            if (!_states.TryGetValue(user.Id, out var state))
                _states.Add(user.Id, state = new() { User = user });
            var was = state.Connections > 0;
            state.Here = Math.Max(0, state.Here + here);
            state.Elsewhere = Math.Max(0, state.Elsewhere + elsewhere);
            if (was != state.Connections > 0)
            {
                state.Since = time.GetUtcNow();
                state.IsOurs = isOurs;
                _turning.Add(user.Id);
            }

            return state.Connections;
        }
    }
}
