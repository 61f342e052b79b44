using ChatHub.Server.Storage;

namespace ChatHub.Server.People.Accounts;

/// <summary>The role moderator, which belongs to an account and ends with it. It is read with each request's token.</summary>
public sealed class RoleService(IDatabase database, PeopleStore people)
{
    /// <summary>Idempotent. Throws user_not_found.</summary>
    public Task SetModeratorAsync(string userId, bool isModerator, CancellationToken cancellation) =>
        database.WriteAsync(
            LockScope.OfUser(userId),
            async session => await SetAsync(session, await people.ByIdAsync(session, userId), isModerator),
            committed: null,
            cancellation);

    /// <summary>The same by username.</summary>
    public Task SetModeratorOfNameAsync(string username, bool isModerator, CancellationToken cancellation) =>
        database.WriteAsync(
            async session => await SetAsync(
                session, Usernames.TryKey(username) is { } key ? await people.ByUsernameAsync(session, key) : null, isModerator),
            committed: null,
            cancellation);

    private async Task<bool> SetAsync(DbSession session, PersonRow? person, bool isModerator)
    {
        if (person is null or { IsRemoved: true })
            throw Errors.UserNotFound();
        await people.SetModeratorAsync(session, person.UserKey, isModerator);
        return true;
    }
}
