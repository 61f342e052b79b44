using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Storage;

namespace ChatHub.Server.People;

/// <summary>GetMe and UpdateProfile.</summary>
public sealed class MeService(
    IDatabase database, ChangeRunner changes, PeopleStore people, SearchStore search, MeStore me, MeEvents events, TimeProvider time)
{
    public Task<Me> GetAsync(Caller caller, CancellationToken cancellation) =>
        database.ReadAsync(session => me.ReadAsync(session, caller.Key, time.GetUtcNow()), cancellation);

    public async Task<MeChanged> UpdateProfileAsync(Caller caller, UpdateProfileInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var displayName = input.DisplayName is null ? null : Arguments.DisplayName(input.DisplayName);
        var bio = input.Bio is null ? null : Arguments.Text(input.Bio, "bio", 0, Limits.BioMax);

        return await changes.RunAsync(caller, Update, cancellation);

        async Task<MeChanged> Update(Change change)
        {
            var before = await people.ByKeyAsync(change.Session, caller.Key) ?? throw Errors.UserNotFound();
            var newName = displayName ?? before.DisplayName;
            var newBio = bio is null ? before.Bio : bio.Length == 0 ? null : bio;
            if (newName == before.DisplayName && newBio == before.Bio)
                return new() { Version = 0, Me = await me.ReadAsync(change.Session, caller.Key, change.Now) };

            await people.UpdateProfileAsync(change.Session, caller.Key, newName, newBio);
            await search.IndexAsync(change.Session, caller.Key, before.Username, newName);
            return await events.RaiseAsync(change, caller.User);
        }
    }
}
