using ChatHub.Contracts;
using ChatHub.Server.Embedding;

namespace ChatHub.Server.People;

/// <summary>
/// Reads users and follows from the host's <see cref="IUserDirectory"/> and stores them as its PUT would. Without a directory nothing
/// is read. Concurrent reads of one user are one call; a user is read again 30 seconds later at the earliest, an unknown one too.
/// </summary>
public sealed class HostDirectory(HookCalls hooks, HostUserReader reader, DirectoryService users, TimeProvider time)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(30);

    private readonly ExpiringSet<string> _fresh = new(FreshFor, time);
    private readonly Lock _gate = new();
    // By user: the read in flight, whose result are those it could not read or store.
    private readonly Dictionary<string, Task<IReadOnlySet<string>>> _reads = [];

    public bool IsOn { get; } = hooks.Has<IUserDirectory>();

    /// <summary>Reads a user who signs in and is not stored, however fresh it is that there was none.</summary>
    /// <returns>False where the directory failed or the user cannot be stored, which is logged.</returns>
    public Task<bool> ReadUserAsync(string userId, CancellationToken cancellation) => ReadAsync([userId], hooks.Begin(), cancellation);

    /// <summary>Reads both users of a contact, and whether they follow each other.</summary>
    /// <returns>As for <see cref="ReadUserAsync"/>: what is stored may be out of date.</returns>
    public async Task<bool> ReadContactAsync(string userId, string otherId, HookDeadline deadline, CancellationToken cancellation)
    {
        string[] stale = [.. new[] { userId, otherId }.Distinct().Where(id => !_fresh.Contains(id))];
        return await ReadAsync(stale, deadline, cancellation) && await ReadFollowsAsync(userId, otherId, deadline, cancellation);
    }

    private async Task<bool> ReadAsync(string[] userIds, HookDeadline deadline, CancellationToken cancellation)
    {
        foreach (var (userId, read) in Share([.. userIds.Where(Arguments.IsHostUserId)]))
        {
            try
            {
                if ((await read.WaitAsync(hooks.Left(deadline), time, cancellation)).Contains(userId))
                    return false;
            }
            catch (TimeoutException e)
            {
                hooks.Failed(nameof(IUserDirectory), e);
                return false;
            }
        }

        return true;
    }

    /// <summary>For each user the read in flight; one new read for all that have none.</summary>
    private List<(string UserId, Task<IReadOnlySet<string>> Read)> Share(string[] userIds)
    {
        lock (_gate)
        {
            string[] wanted = [.. userIds.Where(id => !_reads.ContainsKey(id))];
            if (wanted.Length > 0)
            {
                // Of no caller: one who disconnects ends it for no other.
                var read = Task.Run(() => ReadOnceAsync(wanted));
                foreach (var id in wanted)
                    _reads.Add(id, read);
            }

            return [.. userIds.Select(id => (id, _reads[id]))];
        }
    }

    private async Task<IReadOnlySet<string>> ReadOnceAsync(string[] userIds)
    {
        try
        {
            var failed = await reader.ReadAsync(userIds);
            foreach (var id in userIds.Where(id => !failed.Contains(id)))
                _fresh.Add(id);
            return failed;
        }
        finally
        {
            lock (_gate)
            {
                foreach (var id in userIds)
                    _reads.Remove(id);
            }
        }
    }

    private async Task<bool> ReadFollowsAsync(string userId, string otherId, HookDeadline deadline, CancellationToken cancellation)
    {
        if (userId == otherId || await users.FindFollowsAsync(userId, otherId, cancellation) is not { } stored)
            return true;
        var (isAnswered, read) = await hooks.TryAsync<IUserDirectory, MutualFollows>(ReadAsync, deadline, cancellation);
        if (isAnswered && read != stored)
            await users.SetFollowsAsync(userId, otherId, read!, cancellation);
        return isAnswered;

        // One after the other: a scoped directory may have a connection that carries one query at a time.
        async Task<MutualFollows> ReadAsync(IUserDirectory directory, CancellationToken token) => new(
            await directory.FollowsAsync(userId, otherId, token) ?? stored.Follows,
            await directory.FollowsAsync(otherId, userId, token) ?? stored.IsFollowed);
    }
}
