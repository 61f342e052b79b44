using ChatHub.Server.Storage;

namespace ChatHub.Server.Delivery;

/// <summary>The registry of a single instance: every transition is its own to announce, once.</summary>
public sealed class LocalPresenceRegistry : IPresenceRegistry
{
    private readonly Lock _gate = new();
    private readonly HashSet<UserRef> _online = [];

    public Task<int> RegisterAsync(UserRef user) => Task.FromResult(0);

    public Task<int> CountElsewhereAsync(UserRef user) => Task.FromResult(0);

    public Task<bool?> IsOnlineAsync(UserRef user)
    {
        lock (_gate)
            return Task.FromResult<bool?>(_online.Contains(user));
    }

    public Task<IReadOnlyCollection<UserRef>?> ClaimAsync(IReadOnlyList<UserRef> users, bool isOnline)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyCollection<UserRef>?>([.. users.Where(user => isOnline ? _online.Add(user) : _online.Remove(user))]);
    }
}
