using ChatHub.Server.Storage;

namespace ChatHub.Server.People.Accounts;

/// <summary>
/// Usernames of erased built-in accounts: taken for 30 days, and as long as a ban of the account lasts, at most 365 days. A
/// name that the directory brought is the host's own and is not held back.
/// </summary>
public sealed class RetiredUsernameStore(IDatabase database)
{
    /// <summary>How many names one pruning step removes at the most.</summary>
    public const int PruneStep = 1_000;

    private const long Day = 24L * 60 * 60 * 1000;
    private const long Held = 30 * Day;
    private const long HeldWhileBanned = 365 * Day;

    private readonly string _prune = database.Dialect.DeleteSome("retired_usernames", "username_key", "retired_at <= @before");

    /// <summary>As the account is erased, before its name is taken off.</summary>
    public async Task RetireAsync(DbSession session, PersonRow person, long now)
    {
        var retired = new { key = Usernames.TryKey(person.Username), person.UserKey, now };
        await session.ExecuteAsync("DELETE FROM retired_usernames WHERE username_key = @key", retired);
        await session.ExecuteAsync(
            """
            INSERT INTO retired_usernames (username_key, user_key, retired_at)
            SELECT @key, user_key, @now FROM credentials WHERE user_key = @UserKey
            """,
            retired);
    }

    public async Task<bool> IsHeldAsync(DbSession session, string key, long now) =>
        await session.ScalarAsync<long>(
            """
            SELECT COUNT(*) FROM retired_usernames r
            WHERE r.username_key = @key AND (r.retired_at > @held OR (r.retired_at > @heldWhileBanned AND EXISTS (
                SELECT 1 FROM bans b WHERE b.user_key = r.user_key AND (b.until IS NULL OR b.until > @now))))
            """,
            new { key, now, held = now - Held, heldWhileBanned = now - HeldWhileBanned }) > 0;

    /// <returns>How many were removed.</returns>
    public Task<int> PruneAsync(DbSession session, long now) =>
        session.ExecuteAsync(_prune, new { before = now - HeldWhileBanned, take = PruneStep });
}
