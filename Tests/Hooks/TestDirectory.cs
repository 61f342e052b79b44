using System.Collections.Concurrent;
using ChatHub.Server.Embedding;

namespace ChatHub.Tests.Hooks;

/// <summary>A host's directory of the users and follows that a test puts into it, which counts what it is asked and fails where a test says so.</summary>
internal sealed class TestDirectory : IUserDirectory
{
    private readonly ConcurrentDictionary<string, HostUser> _users = [];
    private readonly ConcurrentDictionary<(string, string), bool> _follows = [];
    private readonly ConcurrentDictionary<string, Func<Task>> _before = [];
    private readonly ConcurrentQueue<string> _found = [];
    private readonly ConcurrentQueue<(string, string)> _followsRead = [];

    public HostUser Put(HostUser user) => _users[user.UserId] = user;

    public void Follow(string userId, string otherId, bool follows) => _follows[(userId, otherId)] = follows;

    /// <summary>What happens before each read that concerns this user.</summary>
    public void Before(string userId, Func<Task> happens) => _before[userId] = happens;

    public void FailFor(string userId) => Before(userId, () => throw new InvalidOperationException("The host's directory is away."));

    public void Recover(string userId) => _before.TryRemove(userId, out _);

    /// <summary>How often this user was read.</summary>
    public int ReadsOf(string userId) => _found.Count(id => id == userId);

    public int FollowReadsOf(string userId) => _followsRead.Count(pair => pair.Item1 == userId || pair.Item2 == userId);

    public async Task<IReadOnlyCollection<HostUser>> FindAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellation)
    {
        foreach (var id in userIds)
        {
            _found.Enqueue(id);
            await BeforeAsync(id);
        }

        return [.. userIds.Where(_users.ContainsKey).Select(id => _users[id])];
    }

    public async Task<bool?> FollowsAsync(string userId, string otherId, CancellationToken cancellation)
    {
        _followsRead.Enqueue((userId, otherId));
        await BeforeAsync(userId);
        await BeforeAsync(otherId);
        return _follows.TryGetValue((userId, otherId), out var follows) ? follows : null;
    }

    private Task BeforeAsync(string id) => _before.TryGetValue(id, out var happens) ? happens() : Task.CompletedTask;
}
