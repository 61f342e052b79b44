using System.Globalization;
using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Storage;

namespace ChatHub.Server.People;

/// <summary>How a host application brings its own users and their follow graph. Everything is idempotent.</summary>
public sealed class DirectoryService(
    ChangeRunner changes, PeopleStore people, SearchStore search, FollowStore follows, MeEvents me, TimeProvider time)
{
    /// <summary>Adds the user, or makes them read as given; they are told live.</summary>
    public Task<UserCard> PutUserAsync(string userId, DirectoryUserInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the body");
        var wanted = Check(userId, input);
        return changes.RunAsync(caller: null, LockScope.OfUser(wanted.UserId), Put, cancellation);

        async Task<UserCard> Put(Change change)
        {
            var before = await people.ByIdAsync(change.Session, wanted.UserId);
            if (before is { IsRemoved: true })
                throw Errors.UserNotFound();
            var namesake = await people.ByUsernameAsync(change.Session, wanted.Username);
            if (namesake is not null && namesake.UserId != wanted.UserId)
                throw Errors.UsernameTaken();

            var after = before is null
                ? wanted with { UserKey = await people.InsertAsync(change.Session, wanted, change.NowMs) }
                : before with
                {
                    Username = wanted.Username,
                    DisplayName = wanted.DisplayName,
                    Bio = wanted.Bio,
                    AvatarUrl = wanted.AvatarUrl,
                    BirthDate = wanted.BirthDate,
                    JoinedAt = wanted.JoinedAt ?? before.JoinedAt,
                    IsVerified = wanted.IsVerified,
                };
            if (after == before)
                return after.Card();

            await people.UpdateFromDirectoryAsync(change.Session, after);
            await search.IndexAsync(change.Session, after.UserKey, after.Username, after.DisplayName);
            if (before is not null)
                await me.RaiseAsync(change, after.Ref);
            return after.Card();
        }
    }

    public Task FollowAsync(string userId, string otherId, bool wanted, CancellationToken cancellation)
    {
        if (userId == otherId)
            throw Errors.InvalidArgument("Nobody follows themselves.");
        return changes.RunAsync(caller: null, LockScope.OfUsers(userId, otherId), async change =>
        {
            var user = await ActiveAsync(change.Session, userId);
            var other = await ActiveAsync(change.Session, otherId);
            return wanted
                ? await follows.AddAsync(change.Session, user.UserKey, other.UserKey, change.NowMs)
                : await follows.RemoveAsync(change.Session, user.UserKey, other.UserKey);
        }, cancellation);
    }

    private async Task<PersonRow> ActiveAsync(DbSession session, string userId) =>
        await people.ByIdAsync(session, userId) is { IsRemoved: false } person ? person : throw Errors.UserNotFound();

    private PersonRow Check(string userId, DirectoryUserInput input)
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (input.CreatedAt > now)
            throw Errors.InvalidArgument("createdAt must be an instant in the past.");
        return new()
        {
            UserId = Arguments.HostUserId(userId),
            Username = Arguments.Username(input.Username),
            DisplayName = Arguments.Text(input.DisplayName, "displayName", 1, Limits.DisplayNameMax),
            BirthDate = input.BirthDate is null
                ? null
                : Arguments.BirthDate(input.BirthDate, today).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            JoinedAt = input.CreatedAt?.ToUnixTimeMilliseconds(),
            IsVerified = input.IsVerified ?? false,
            AvatarUrl = input.AvatarUrl is null ? null : Arguments.WebAddress(input.AvatarUrl, "avatarUrl"),
            Bio = string.IsNullOrWhiteSpace(input.Bio) ? null : Arguments.Text(input.Bio, "bio", 0, Limits.BioMax),
        };
    }
}
