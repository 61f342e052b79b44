using ChatHub.Server.Storage;

namespace ChatHub.Server.Safety;

/// <summary>Read in each transaction and never from a token, so that a ban holds on the very next call.</summary>
public sealed class BanStore(IDatabase database)
{
    private readonly string _ended = $"""
        SELECT u.user_key AS [Key], u.user_id AS Id FROM bans b JOIN users u ON u.user_key = b.user_key
        WHERE b.until IS NOT NULL AND b.until <= @now ORDER BY b.until {database.Dialect.Take}
        """;

    /// <summary>The ban that holds now, or null.</summary>
    public Task<BanRow?> CurrentAsync(DbSession session, long user, long now) =>
        session.FirstAsync<BanRow>(
            "SELECT banned_at, until, reason FROM bans WHERE user_key = @user AND (until IS NULL OR until > @now)", new { user, now });

    /// <summary>Replaces whatever ban there is.</summary>
    public async Task PutAsync(DbSession session, long user, BanRow ban)
    {
        await RemoveAsync(session, user);
        await session.ExecuteAsync(
            "INSERT INTO bans (user_key, banned_at, until, reason) VALUES (@user, @BannedAt, @Until, @Reason)",
            new { user, ban.BannedAt, ban.Until, ban.Reason });
    }

    /// <returns>False if there was none.</returns>
    public async Task<bool> RemoveAsync(DbSession session, long user) =>
        await session.ExecuteAsync("DELETE FROM bans WHERE user_key = @user", new { user }) > 0;

    /// <summary>Removes a ban whose end has passed; false if there is none (any more).</summary>
    public async Task<bool> RemoveEndedAsync(DbSession session, long user, long now) =>
        await session.ExecuteAsync("DELETE FROM bans WHERE user_key = @user AND until <= @now", new { user, now }) > 0;

    /// <summary>Users whose ban has ended and who are not notified yet.</summary>
    public Task<List<UserRef>> EndedAsync(DbSession session, long now, int take) =>
        session.ListAsync<UserRef>(_ended, new { now, take });
}
