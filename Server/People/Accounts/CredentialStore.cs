using ChatHub.Server.Storage;

namespace ChatHub.Server.People.Accounts;

/// <summary>Password hashes of built-in accounts.</summary>
public sealed class CredentialStore
{
    public Task InsertAsync(DbSession session, long userKey, string passwordHash) =>
        session.ExecuteAsync(
            "INSERT INTO credentials (user_key, password_hash) VALUES (@userKey, @passwordHash)", new { userKey, passwordHash });

    public Task UpdateAsync(DbSession session, long userKey, string passwordHash) =>
        session.ExecuteAsync(
            "UPDATE credentials SET password_hash = @passwordHash WHERE user_key = @userKey", new { userKey, passwordHash });

    /// <summary>Null for an account that the directory brought.</summary>
    public Task<string?> HashOfAsync(DbSession session, long userKey) =>
        session.ScalarAsync<string>("SELECT password_hash FROM credentials WHERE user_key = @userKey", new { userKey });
}
