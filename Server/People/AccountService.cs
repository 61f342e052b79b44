using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Storage;
using Microsoft.AspNetCore.Identity;

namespace ChatHub.Server.People;

/// <summary>Built-in accounts: signing up and in.</summary>
public sealed class AccountService(
    IDatabase database, ChangeRunner changes, PeopleStore people, SearchStore search, CredentialStore credentials, TimeProvider time)
{
    private static readonly PasswordHasher<string> Hasher = new();

    // Verified when there is no such user, so that the time of an answer does not tell whether there is.
    private static readonly Lazy<string> NobodysHash = new(() => Hasher.HashPassword("", Guid.NewGuid().ToString()));

    public async Task<PersonRow> SignUpAsync(SignUpInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the body");
        var username = Arguments.Username(input.Username);
        var password = Arguments.Password(input.Password);
        var birthDate = Arguments.BirthDate(input.BirthDate, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        var displayName = input.DisplayName is null
            ? username
            : Arguments.Text(input.DisplayName, "displayName", 1, Limits.DisplayNameMax);
        var hash = Hasher.HashPassword(username, password);

        return await changes.RunAsync(caller: null, Insert, cancellation);

        async Task<PersonRow> Insert(Change change)
        {
            if (await people.ByUsernameAsync(change.Session, username) is not null)
                throw Errors.UsernameTaken();
            var person = new PersonRow
            {
                UserId = change.NewId(),
                Username = username,
                DisplayName = displayName,
                BirthDate = birthDate.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                JoinedAt = change.NowMs,
            };
            var key = await people.InsertAsync(change.Session, person, change.NowMs);
            await credentials.InsertAsync(change.Session, key, hash);
            await search.IndexAsync(change.Session, key, username, displayName);
            return person with { UserKey = key };
        }
    }

    public async Task<PersonRow> SignInAsync(SignInInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the body");
        var username = Arguments.Required(input.Username, "username").ToLowerInvariant();
        var password = Arguments.Required(input.Password, "password");
        if (password.Length > Limits.PasswordMax * 2)
            throw Errors.InvalidCredentials();

        var (person, hash) = await database.ReadAsync(Find, cancellation);
        var verified = Hasher.VerifyHashedPassword(username, hash ?? NobodysHash.Value, password);
        return person is not null && hash is not null && verified != PasswordVerificationResult.Failed
            ? person
            : throw Errors.InvalidCredentials();

        async Task<(PersonRow?, string?)> Find(DbSession session)
        {
            var found = await people.ByUsernameAsync(session, username);
            return found is null or { IsRemoved: true }
                ? (null, null)
                : (found, await credentials.HashOfAsync(session, found.UserKey));
        }
    }

    /// <summary>The user of a token, who may have been removed since; null where they never were.</summary>
    public Task<PersonRow?> FindAsync(string userId, CancellationToken cancellation) =>
        database.ReadAsync(session => people.ByIdAsync(session, userId), cancellation);
}
