using System.Globalization;
using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.People.Accounts;

/// <summary>Built-in accounts: signing up, and checking a password.</summary>
public sealed class AccountService(
    IDatabase database,
    ChangeRunner changes,
    PeopleStore people,
    SearchStore search,
    CredentialStore credentials,
    RetiredUsernameStore retired,
    SessionService sessions,
    HostDirectory directory,
    PasswordHashing hashing,
    IOptions<AccountOptions> options,
    TimeProvider time)
{
    /// <summary>Makes the account and its first session, which has no cookie and lasts as long as one access token.</summary>
    public async Task<SignedIn> SignUpAsync(SignUpInput input, SessionOrigin origin, TimeSpan tokenLifetime, CancellationToken cancellation)
    {
        Arguments.Required(input, "the body");
        var person = Check(input);
        var password = PasswordRules.Check(input.Password, "password", person.Username);
        if (options.Value.SignUp == SignUpMode.Closed || (options.Value.SignUp == SignUpMode.Invite && input.InviteCode is null))
            throw Errors.Forbidden();
        var hash = await hashing.HashAsync(password, cancellation);
        return await changes.RunAsync(caller: null, Insert, cancellation);

        async Task<SignedIn> Insert(Change change)
        {
            if (options.Value.SignUp == SignUpMode.Invite && !await InviteService.UseAsync(change.Session, input.InviteCode!, change.NowMs))
                throw Errors.Forbidden();
            if (await people.ByUsernameAsync(change.Session, person.Username) is not null
                || await retired.IsHeldAsync(change.Session, person.Username, change.NowMs))
                throw Errors.UsernameTaken();
            var added = person with { UserId = Ids.New(), JoinedAt = change.NowMs };
            added = added with { UserKey = await people.InsertAsync(change.Session, added, change.NowMs) };
            await credentials.InsertAsync(change.Session, added.UserKey, hash);
            await search.IndexAsync(change.Session, added.UserKey, added.Username, added.DisplayName);
            return await sessions.BeginAsync(change.Session, added, origin, tokenLifetime, change.Now);
        }
    }

    /// <summary>The account of this name and password. Throws invalid_credentials.</summary>
    /// <param name="nameKey">Of <see cref="Usernames.TryKey"/>.</param>
    /// <param name="password">As typed.</param>
    /// <param name="cancellation">Of the request.</param>
    public async Task<PersonRow> FindAsync(string nameKey, string password, CancellationToken cancellation)
    {
        var (person, hash) = await database.ReadAsync(Find, cancellation);
        return await hashing.VerifyAsync(hash, password, cancellation) ? person! : throw Errors.InvalidCredentials();

        async Task<(PersonRow?, string?)> Find(DbSession session)
        {
            var found = await people.ByUsernameAsync(session, nameKey);
            return found is null or { IsRemoved: true }
                ? (null, null)
                : (found, await credentials.HashOfAsync(session, found.UserKey));
        }
    }

    /// <summary>Whether the user has a password: whom the directory brought has none.</summary>
    public async Task<bool> HasPasswordAsync(UserRef user, CancellationToken cancellation) =>
        await database.ReadAsync(session => credentials.HashOfAsync(session, user.Key), cancellation) is not null;

    /// <summary>Throws invalid_credentials unless it is the user's password.</summary>
    public async Task VerifyAsync(UserRef user, string password, CancellationToken cancellation)
    {
        var hash = await database.ReadAsync(session => credentials.HashOfAsync(session, user.Key), cancellation);
        if (!await hashing.VerifyAsync(hash, password, cancellation))
            throw Errors.InvalidCredentials();
    }

    /// <summary>The user of a token, who may have been removed since; one who is not stored is read from the host's directory. Null where there is none; throws unavailable where it fails.</summary>
    public async Task<TokenUserRow?> FindByTokenAsync(string userId, string? sessionId, CancellationToken cancellation)
    {
        var found = await FindStoredByTokenAsync(userId, sessionId, cancellation);
        if (found is not null || !directory.IsOn)
            return found;
        if (!await directory.ReadUserAsync(userId, cancellation))
            throw Errors.DirectoryUnavailable();
        return await FindStoredByTokenAsync(userId, sessionId, cancellation);
    }

    /// <summary>The same without the host's directory.</summary>
    public Task<TokenUserRow?> FindStoredByTokenAsync(string userId, string? sessionId, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return database.ReadAsync(session => people.ByTokenAsync(session, userId, sessionId, now), cancellation);
    }

    private PersonRow Check(SignUpInput input)
    {
        var username = Arguments.Username(input.Username);
        if (ReservedUsernames.Contains(username))
            throw Errors.InvalidArgument("username is reserved: choose another.");
        var birthDate = Arguments.BirthDate(input.BirthDate, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        return new()
        {
            Username = username,
            DisplayName = Arguments.DisplayName(input.DisplayName ?? username),
            BirthDate = birthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
    }
}
