using ChatHub.Contracts;
using ChatHub.Server.Embedding;

namespace ChatHub.Server.People;

/// <summary>Reads users from the host's <see cref="IUserDirectory"/> and stores them as <c>PUT /api/directory/users/{userId}</c> would.</summary>
public sealed class HostUserReader(HookCalls hooks, DirectoryService users, TimeProvider time)
{
    private static readonly IReadOnlySet<string> None = new HashSet<string>();

    /// <summary>Reads and stores those of the users that the host has.</summary>
    /// <returns>Those that could not be read or stored, which is logged.</returns>
    public async Task<IReadOnlySet<string>> ReadAsync(string[] userIds)
    {
        var deadline = hooks.Begin();
        return await FindAsync(userIds, deadline) is { } found ? await StoreAsync(found, deadline) : userIds.ToHashSet();
    }

    /// <returns>Null where the directory failed.</returns>
    private async Task<HostUser[]?> FindAsync(string[] userIds, HookDeadline deadline)
    {
        var (isAnswered, found) = await hooks.TryAsync<IUserDirectory, HostUser[]>(FindAsync, deadline, CancellationToken.None);
        return isAnswered ? found : null;

        // The host's collection is its own code too.
        async Task<HostUser[]> FindAsync(IUserDirectory directory, CancellationToken token) =>
            [.. (await directory.FindAsync(userIds, token)).Where(user => userIds.Contains(user.UserId))];
    }

    private async Task<IReadOnlySet<string>> StoreAsync(HostUser[] found, HookDeadline deadline)
    {
        HashSet<string>? failed = null;
        foreach (var user in found)
        {
            try
            {
                if (!await TryPutAsync(user) && !await TakeNameAsync(user, deadline))
                    throw Errors.UsernameTaken();
            }
            catch (ChatHubException e) when (e.Code == ErrorCodes.UserNotFound)
            {
                // Erased here: the id stays taken, and the rules see a removed account.
            }
            catch (ChatHubException e)
            {
                hooks.Failed(nameof(IUserDirectory), e);
                (failed ??= []).Add(user.UserId);
            }
        }

        return failed ?? None;
    }

    /// <returns>False where another user has the name.</returns>
    private async Task<bool> TryPutAsync(HostUser user)
    {
        try
        {
            await users.PutUserAsync(user.UserId, InputOf(user), CancellationToken.None);
            return true;
        }
        catch (ChatHubException e) when (e.Code == ErrorCodes.UsernameTaken)
        {
            return false;
        }
    }

    /// <summary>Stores a user whose name another has here, where the host has given that one another name since.</summary>
    private async Task<bool> TakeNameAsync(HostUser user, HookDeadline deadline)
    {
        if (await users.HolderAsync(user.Username, CancellationToken.None) is not { } holderId
            || await FindAsync([holderId], deadline) is not { } found || found.FirstOrDefault() is not { } holder
            || Usernames.TryKey(holder.Username ?? "") == Usernames.TryKey(user.Username))
            return false;
        return await TryPutAsync(holder)
            ? await TryPutAsync(user)
            : await users.ExchangeAsync((user.UserId, InputOf(user)), (holderId, InputOf(holder)), CancellationToken.None) is not null;
    }

    private DirectoryUserInput InputOf(HostUser user) => new()
    {
        Username = user.Username,
        DisplayName = user.DisplayName,
        BirthDate = user.BirthDate,
        // The host's clock may be ahead, and an account is often made just before.
        CreatedAt = user.CreatedAt > time.GetUtcNow() ? time.GetUtcNow() : user.CreatedAt,
        IsVerified = user.IsVerified,
        AvatarUrl = user.AvatarUrl,
        Bio = user.Bio,
    };
}
