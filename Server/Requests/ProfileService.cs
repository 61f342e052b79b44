using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Conversations;
using ChatHub.Server.People;
using ChatHub.Server.Requests.Hooks;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>GetProfile, Follow and Unfollow: all three answer the profile with its message button.</summary>
public sealed class ProfileService(
    IDatabase database,
    ChangeRunner changes,
    PeopleStore people,
    FollowStore follows,
    RelationStore relations,
    PresenceService presence,
    AgeGate ages,
    ContactHooks hooks,
    TimeProvider time)
{
    /// <summary>The host's directory is read for every profile but the caller's own, its policy for a button that it may hide.</summary>
    public async Task<Profile> GetAsync(Caller caller, GetProfileInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        if (input.UserId is null == input.Username is null)
            throw Errors.InvalidArgument("Give userId or username, one of the two.");
        if (input.UserId is { } given)
            input = input with { UserId = Arguments.Id(given, "userId") };

        var results = hooks.Unasked;
        while (true)
        {
            var asked = results;
            var (profile, otherId, missing) = await database.ReadAsync(session => FindAsync(session, caller, input, asked), cancellation);
            if (missing == Hook.None)
                return profile ?? throw Errors.UserNotFound();
            results = await hooks.AskAsync(missing, new(caller, otherId, Text: null), results, cancellation);
        }
    }

    public Task<Profile> FollowAsync(Caller caller, UserInput input, CancellationToken cancellation) =>
        ChangeAsync(caller, input, (change, other) => follows.AddAsync(change.Session, caller.Key, other.UserKey, change.NowMs), cancellation);

    public Task<Profile> UnfollowAsync(Caller caller, UserInput input, CancellationToken cancellation) =>
        ChangeAsync(caller, input, (change, other) => follows.RemoveAsync(change.Session, caller.Key, other.UserKey), cancellation);

    private async Task<Profile> ChangeAsync(
        Caller caller, UserInput input, Func<Change, PersonRow, Task> write, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var id = Arguments.Id(input.UserId, "userId");
        if (id == caller.User.Id)
            throw Errors.InvalidArgument("userId must be somebody else's: nobody follows themselves.");

        await changes.RunAsync(caller, LockScope.OfUser(id), Change, cancellation);
        return await GetAsync(caller, new() { UserId = id }, cancellation);

        async Task Change(Change change)
        {
            var other = await people.ByIdAsync(change.Session, id);
            if (other is null or { IsRemoved: true })
                throw Errors.UserNotFound();
            await write(change, other);
        }
    }

    private async Task<(Profile? Profile, string OtherId, Hook Missing)> FindAsync(
        DbSession session, Caller caller, GetProfileInput input, HookResults results)
    {
        var person = input.UserId is { } id
            ? await people.ByIdAsync(session, id)
            // The name of a removed account names no user.
            : Usernames.TryKey(input.Username!) is { } key && await people.ByUsernameAsync(session, key) is { IsRemoved: false } named ? named : null;
        var otherId = person?.UserId ?? input.UserId ?? "";
        if (!results.IsDirectoryRead && otherId.Length > 0 && otherId != caller.User.Id)
            return (null, otherId, Hook.Directory);
        if (person is null)
            return (null, otherId, Hook.None);
        var (profile, missing) = await ReadAsync(session, caller, person, results);
        return (profile, otherId, missing);
    }

    private async Task<(Profile Profile, Hook Missing)> ReadAsync(DbSession session, Caller caller, PersonRow person, HookResults results)
    {
        var now = time.GetUtcNow();
        var nowMs = now.ToUnixTimeMilliseconds();
        var facts = await relations.ReadAsync(session, caller.Key, person.UserId, nowMs);
        var decision = ContactPolicy.Decide(facts, ages.IsUnderAge(person.BirthDate, person.UserId, now), nowMs);
        var left = facts.IsSelf ? await follows.BlockedCountsAsync(session, caller.Key) : (Followers: 0, Following: 0);
        var (isOnline, lastSeenAt) = await presence.ReadAsync(session, caller.Key, person.Ref);
        var card = person.Card();
        var profile = new Profile
        {
            UserId = card.UserId,
            Username = card.Username,
            DisplayName = card.DisplayName,
            AvatarUrl = card.AvatarUrl,
            IsVerified = card.IsVerified,
            Bio = person.IsRemoved ? null : person.Bio,
            FollowerCount = person.FollowerCount - left.Followers,
            FollowingCount = person.FollowingCount - left.Following,
            YouFollow = facts.YouFollow,
            FollowsYou = facts.FollowsYou,
            YouBlocked = facts.YouBlocked,
            IsOnline = isOnline,
            LastSeenAt = lastSeenAt,
            MessageButton = ContactPolicy.Button(HookRules.Apply(decision, results), facts),
        };
        return (profile, HookRules.Missing(decision, results));
    }
}
