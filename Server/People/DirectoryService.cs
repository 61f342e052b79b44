using System.Globalization;
using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.People.Accounts;
using ChatHub.Server.Safety;
using ChatHub.Server.Storage;

namespace ChatHub.Server.People;

/// <summary>How a host application brings its own users and their follow graph. Everything is idempotent.</summary>
public sealed class DirectoryService(
    IDatabase database,
    Cursors cursors,
    ChangeRunner changes,
    PeopleStore people,
    RetiredUsernameStore retired,
    SearchStore search,
    FollowStore follows,
    BanStore bans,
    MeEvents me,
    TimeProvider time)
{
    /// <summary>Adds the user, or makes them read as given; they are notified live.</summary>
    public Task<UserCard> PutUserAsync(string userId, DirectoryUserInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the body");
        var wanted = Check(userId, input);
        return changes.RunAsync(caller: null, LockScope.OfUser(wanted.UserId), change => PutAsync(change, wanted), cancellation);
    }

    /// <summary>The user who has a name; null for none.</summary>
    public Task<string?> HolderAsync(string username, CancellationToken cancellation) =>
        database.ReadAsync(async session => (await people.ByUsernameAsync(session, Usernames.TryKey(username) ?? ""))?.UserId, cancellation);

    /// <summary>
    /// Puts a user whose name another has, who is put as well, with their own wanted name or, while a third has that, with the
    /// first one's name of before.
    /// </summary>
    /// <returns>Whether the other has their wanted name; null where nothing was done: the first one has no name to give.</returns>
    public Task<bool?> ExchangeAsync(
        (string UserId, DirectoryUserInput Input) user, (string UserId, DirectoryUserInput Input) holder, CancellationToken cancellation)
    {
        var (wanted, other) = (Check(user.UserId, user.Input), Check(holder.UserId, holder.Input));
        return changes.RunAsync(caller: null, LockScope.OfUsers(wanted.UserId, other.UserId), Exchange, cancellation);

        async Task<bool?> Exchange(Change change)
        {
            var before = await people.ByIdAsync(change.Session, wanted.UserId);
            var held = await people.ByUsernameAsync(change.Session, Usernames.TryKey(wanted.Username)!);
            if (before is not { IsRemoved: false } || held?.UserId != other.UserId)
                return null;
            // Put below, with another name and words to be found by.
            await people.ParkUsernameAsync(change.Session, held.UserKey);
            await search.RemoveAsync(change.Session, held.UserKey);
            await PutAsync(change, wanted);
            var isFree = await people.ByUsernameAsync(change.Session, Usernames.TryKey(other.Username)!) is null;
            await PutAsync(change, isFree ? other : other with { Username = before.Username });
            return isFree;
        }
    }

    private async Task<UserCard> PutAsync(Change change, PersonRow wanted)
    {
        var before = await people.ByIdAsync(change.Session, wanted.UserId);
        if (before is { IsRemoved: true })
            throw Errors.UserNotFound();
        var key = Usernames.TryKey(wanted.Username)!;
        var namesake = await people.ByUsernameAsync(change.Session, key);
        if (namesake is not null ? namesake.UserId != wanted.UserId : await retired.IsHeldAsync(change.Session, key, change.NowMs))
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

        if (before is not null && after.AvatarUrl != before.AvatarUrl)
            await AvatarService.RemoveAsync(change.Session, after.UserKey);
        await people.UpdateFromDirectoryAsync(change.Session, after);
        await search.IndexAsync(change.Session, after.UserKey, after.Username, after.DisplayName);
        if (before is not null)
            await me.RaiseAsync(change, after.Ref);
        return after.Card();
    }

    /// <summary>Throws user_not_found, for a removed one too.</summary>
    public Task<DirectoryUser> GetAsync(string userId, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return database.ReadAsync(async session => await ReadAsync(session, await ActiveAsync(session, userId), now), cancellation);
    }

    // Of the host application, whichever of its keys it comes with: no user sees this list.
    private static readonly CursorScope Everybody = new("directory users", "");

    /// <summary>All users, the first that came first.</summary>
    public Task<Page<DirectoryUser>> ListAsync(string? cursor, int limit, CancellationToken cancellation)
    {
        var after = cursors.ReadNumbers(Everybody, cursor, 1)?[0] ?? 0;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return database.ReadAsync(Read, cancellation);

        async Task<Page<DirectoryUser>> Read(DbSession session)
        {
            var rows = await people.PageAsync(session, after, limit + 1);
            var users = new List<(long Key, DirectoryUser User)>();
            foreach (var row in rows)
                users.Add((row.UserKey, await ReadAsync(session, row, now)));
            return PageBounds.Page(users, limit, one => one.User, TextSize.Of, one => cursors.Write(Everybody, one.Key));
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
            return await SetFollowAsync(change, user.UserKey, other.UserKey, wanted);
        }, cancellation);
    }

    private Task<bool> SetFollowAsync(Change change, long follower, long followee, bool wanted) => wanted
        ? follows.AddAsync(change.Session, follower, followee, change.NowMs)
        : follows.RemoveAsync(change.Session, follower, followee);

    /// <summary>The follows between two users; null where one of them does not exist or is removed.</summary>
    public Task<MutualFollows?> FindFollowsAsync(string userId, string otherId, CancellationToken cancellation) =>
        database.ReadAsync<MutualFollows?>(
            async session =>
                await UserLookup.FindAsync(session, userId) is { } user && await UserLookup.FindAsync(session, otherId) is { } other
                    ? new(await follows.ExistsAsync(session, user.Key, other.Key), await follows.ExistsAsync(session, other.Key, user.Key))
                    : null,
            cancellation);

    /// <summary>Makes two users follow each other, or not, as given; does nothing where one of them does not exist or is removed.</summary>
    public Task SetFollowsAsync(string userId, string otherId, MutualFollows wanted, CancellationToken cancellation) =>
        changes.RunAsync(caller: null, LockScope.OfUsers(userId, otherId), async change =>
        {
            if (await UserLookup.FindAsync(change.Session, userId) is not { } user || await UserLookup.FindAsync(change.Session, otherId) is not { } other)
                return;
            await SetFollowAsync(change, user.Key, other.Key, wanted.Follows);
            await SetFollowAsync(change, other.Key, user.Key, wanted.IsFollowed);
        }, cancellation);

    private async Task<DirectoryUser> ReadAsync(DbSession session, PersonRow person, long now)
    {
        var ban = await bans.CurrentAsync(session, person.UserKey, now);
        return new()
        {
            UserId = person.UserId,
            Username = person.Username,
            DisplayName = person.DisplayName,
            BirthDate = person.BirthDate,
            CreatedAt = person.JoinedAt.ToInstant(),
            IsVerified = person.IsVerified,
            AvatarUrl = person.AvatarUrl,
            Bio = person.Bio,
            Roles = person.IsModerator ? ["moderator"] : [],
            Ban = ban is null ? null : new()
            {
                UserId = person.UserId,
                BannedAt = ban.BannedAt.ToInstant(),
                Until = ban.UntilInstant,
                Reason = ban.Reason,
            },
            FollowerCount = person.FollowerCount,
            FollowingCount = person.FollowingCount,
        };
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
            Username = Usernames.OfDirectory(input.Username),
            DisplayName = Arguments.DisplayName(input.DisplayName),
            BirthDate = input.BirthDate is null
                ? null
                : Arguments.BirthDate(input.BirthDate, today).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            JoinedAt = input.CreatedAt?.ToUnixTimeMilliseconds(),
            IsVerified = input.IsVerified ?? false,
            AvatarUrl = input.AvatarUrl is null ? null : Arguments.WebAddress(input.AvatarUrl, "avatarUrl"),
            Bio = Arguments.Text(input.Bio ?? "", "bio", 0, Limits.BioMax) is { Length: > 0 } bio ? bio : null,
        };
    }
}
