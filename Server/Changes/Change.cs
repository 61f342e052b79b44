using ChatHub.Contracts;
using ChatHub.Server.Delivery;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Changes;

/// <summary>
/// One running command: its transaction, the versions that it took, the events that go out after its commit. It enforces
/// that each user whose view changed gets exactly one version and exactly one event.
/// </summary>
public sealed class Change(DbSession session, InboxStore inboxes, DateTimeOffset now, string? callingConnectionId)
{
    private readonly Dictionary<long, long> _versions = [];
    private readonly List<UserEvent> _events = [];
    private List<Action>? _afterCommit;

    public DbSession Session => session;

    /// <summary>The one instant of the command, in whole milliseconds.</summary>
    public DateTimeOffset Now => now;

    public long NowMs => now.ToUnixTimeMilliseconds();

    /// <summary>Takes the user's next version and moves their badges.</summary>
    public async ValueTask<Inbox> NextVersionAsync(long user, BadgeDelta delta = default)
    {
        session.RequireHeld(user);
        var inbox = await inboxes.NextVersionAsync(session, user, delta);
        _versions.Add(user, inbox.Version);
        return inbox;
    }

    /// <summary>The same for two users at once.</summary>
    public async ValueTask<(Inbox First, Inbox Second)> NextVersionAsync(
        long first, BadgeDelta firstDelta, long second, BadgeDelta secondDelta)
    {
        session.RequireHeld(first);
        session.RequireHeld(second);
        var (one, other) = await inboxes.NextVersionAsync(session, first, firstDelta, second, secondDelta);
        _versions.Add(first, one.Version);
        _versions.Add(second, other.Version);
        return (one, other);
    }

    /// <summary>
    /// Writes the same rows as <see cref="NextVersionAsync(long, BadgeDelta)"/> without a version or an event, so that the
    /// time of the call does not show its caller whether the user's view changed.
    /// </summary>
    public ValueTask RewriteAsync(long user)
    {
        session.RequireHeld(user);
        return inboxes.RewriteAsync(session, user);
    }

    /// <summary>The user's badges and version as they are, for a response that changes nothing.</summary>
    public ValueTask<Inbox> PeekAsync(long user) => inboxes.ReadAsync(session, user);

    /// <summary>Queues the one event of a user whose version was taken; it is published after the commit. Returns the event.</summary>
    public T Raise<T>(UserRef user, T e)
        where T : class, IVersioned
    {
        if (!_versions.Remove(user.Key, out var version) || version != e.Version)
            throw new InvalidOperationException($"{typeof(T).Name} does not carry the one version that this change took for its user.");
        _events.Add(new UserEvent(user.Id, typeof(T).Name, e, version, callingConnectionId));
        return e;
    }

    /// <summary>Runs an action once the change is committed: what must not count a run that is rolled back.</summary>
    public void OnCommitted(Action action) => (_afterCommit ??= []).Add(action);

    /// <summary>Runs what waits for the commit.</summary>
    internal void Committed() => _afterCommit?.ForEach(action => action());

    /// <summary>What is published after the commit.</summary>
    internal IReadOnlyList<UserEvent> Events => _events;

    /// <summary>Once the command has returned. Throws if a version was taken without an event: its user would see a gap.</summary>
    internal void Complete()
    {
        if (_versions.Count > 0)
            throw new InvalidOperationException("A version was taken and no event made for it: its user would see a gap.");
    }
}
