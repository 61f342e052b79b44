using ChatHub.Server.Storage;

namespace ChatHub.Server.Delivery;

/// <summary>Somebody came or went, and stayed so long enough to be worth telling.</summary>
/// <param name="User">Who.</param>
/// <param name="IsOnline">Came, or went.</param>
/// <param name="At">When.</param>
public readonly record struct PresenceTurn(UserRef User, bool IsOnline, DateTimeOffset At);

/// <summary>
/// Who is online, debounced: a reconnect within <see cref="OfflineDelay"/> is not seen by anybody, so that a restart of
/// the server or a tunnel causes no storm. Pure but for its clock; the service behind it asks for the turns that are due.
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
        public int Connections { get; set; }
        public bool Announced { get; set; }
        public DateTimeOffset Since { get; set; }
    }

    private readonly Lock _gate = new();
    private readonly Dictionary<string, State> _states = new(StringComparer.Ordinal);
    private readonly HashSet<string> _turning = new(StringComparer.Ordinal);
    private bool _leaving;

    public void Connected(UserRef user) => Move(user, +1);

    public void Disconnected(UserRef user) => Move(user, -1);

    /// <summary>Whether the user reads as online to those who may know.</summary>
    public bool IsOnline(string userId)
    {
        lock (_gate)
            return _states.TryGetValue(userId, out var state) && (state.Announced || state.Connections > 0);
    }

    /// <summary>
    /// This process is going, and its users to others: what it sees of them from now on says nothing about where they are.
    /// There are no more turns.
    /// </summary>
    public void Leave()
    {
        lock (_gate)
            _leaving = true;
    }

    /// <summary>At the very end: who was here and when they were last, for those who do not come back elsewhere.</summary>
    public IReadOnlyList<PresenceTurn> LastSeen()
    {
        var now = time.GetUtcNow();
        lock (_gate)
            return [.. _states.Values.Select(state => new PresenceTurn(state.User, IsOnline: false, state.Connections > 0 ? now : state.Since))];
    }

    /// <summary>The turns that have lasted; each is given once.</summary>
    public IReadOnlyList<PresenceTurn> TakeDue()
    {
        var now = time.GetUtcNow();
        var due = new List<PresenceTurn>();
        lock (_gate)
        {
            if (_leaving)
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
                    due.Add(new(state.User, isOnline, state.Since));
                }

                if (!isOnline && !state.Announced && !_turning.Contains(id))
                    _states.Remove(id);
            }
        }

        return due;
    }

    private void Move(UserRef user, int by)
    {
        lock (_gate)
        {
            if (!_states.TryGetValue(user.Id, out var state))
                _states.Add(user.Id, state = new() { User = user });
            var was = state.Connections > 0;
            state.Connections = Math.Max(0, state.Connections + by);
            if (was == state.Connections > 0)
                return;
            state.Since = time.GetUtcNow();
            _turning.Add(user.Id);
        }
    }
}
