using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.People.Accounts;

/// <summary>Changing a password, and setting a new one with a code that the host application hands out.</summary>
public sealed class PasswordService(
    IDatabase database,
    PeopleStore people,
    CredentialStore credentials,
    SessionService sessions,
    PasswordHashing hashing,
    TimeProvider time)
{
    private static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(1);

    /// <summary>Sets the password, whose current one was verified; all other sessions end.</summary>
    public async Task ChangeAsync(UserRef user, string newPassword, string? currentSession, CancellationToken cancellation)
    {
        var hash = await hashing.HashAsync(newPassword, cancellation);
        var ended = await database.WriteAsync(LockScope.OfUser(user.Key), Change, committed: null, cancellation);
        sessions.Close(user.Id, ended);

        async Task<List<string>> Change(DbSession session)
        {
            await SetAsync(session, user, hash);
            return await sessions.EndOthersAsync(session, user, currentSession);
        }
    }

    /// <summary>The username that a new password must not be; null for a user who is no more.</summary>
    public async Task<string?> UsernameAsync(UserRef user, CancellationToken cancellation) =>
        (await database.ReadAsync(session => people.ByKeyAsync(session, user.Key), cancellation))?.Username;

    /// <summary>A code for one new password within the hour; it replaces one that was made before. Only for accounts with a password.</summary>
    public async Task<PasswordResetCode> MakeCodeAsync(string userId, CancellationToken cancellation)
    {
        var code = new PasswordResetCode
        {
            Code = OneTimeCode.New(),
            ExpiresAt = (time.GetUtcNow() + ResetLifetime).ToUnixTimeMilliseconds().ToInstant(),
        };
        await database.WriteAsync(LockScope.OfUser(userId), Insert, cancellation);
        return code;

        async Task Insert(DbSession session)
        {
            var user = await UserLookup.FindAsync(session, userId) ?? throw Errors.UserNotFound();
            if (await credentials.HashOfAsync(session, user.Key) is null)
                throw Errors.UserNotFound();
            await RemoveCodeAsync(session, user);
            await session.ExecuteAsync(
                "INSERT INTO password_resets (user_key, code_hash, expires_at) VALUES (@Key, @hash, @expires)",
                new { user.Key, hash = OneTimeCode.Hash(code.Code), expires = code.ExpiresAt.ToUnixTimeMilliseconds() });
        }
    }

    /// <summary>Sets the password by a code, which is used up; all sessions end. Throws invalid_credentials.</summary>
    public async Task ResetAsync(string code, string newPassword, CancellationToken cancellation)
    {
        var owner = await database.ReadAsync(session => OwnerAsync(session, code), cancellation) ?? throw Errors.InvalidCredentials();
        var hash = await hashing.HashAsync(PasswordRules.Check(newPassword, "newPassword", owner.Username), cancellation);
        var ended = await database.WriteAsync(LockScope.OfUser(owner.UserKey), Reset, committed: null, cancellation);
        sessions.Close(owner.UserId, ended);

        async Task<List<string>> Reset(DbSession session)
        {
            // Another call may have used it meanwhile.
            if (await OwnerAsync(session, code) is null)
                throw Errors.InvalidCredentials();
            await SetAsync(session, owner.Ref, hash);
            return await sessions.EndOthersAsync(session, owner.Ref, current: null);
        }
    }

    private async Task<PersonRow?> OwnerAsync(DbSession session, string code)
    {
        var user = await session.ScalarAsync<long>(
            "SELECT user_key FROM password_resets WHERE code_hash = @hash AND expires_at > @now",
            new { hash = OneTimeCode.Hash(code), now = time.GetUtcNow().ToUnixTimeMilliseconds() });
        return await people.ByKeyAsync(session, user) is { IsRemoved: false } person ? person : null;
    }

    private async Task SetAsync(DbSession session, UserRef user, string hash)
    {
        await credentials.UpdateAsync(session, user.Key, hash);
        await RemoveCodeAsync(session, user);
    }

    private static Task<int> RemoveCodeAsync(DbSession session, UserRef user) =>
        session.ExecuteAsync("DELETE FROM password_resets WHERE user_key = @Key", new { user.Key });
}
