using ChatHub.Server.Storage;

namespace ChatHub.Server.People.Accounts;

/// <summary>The SQL of sessions.</summary>
public sealed class SessionStore(IDatabase database)
{
    /// <summary>How many rows of one kind a deletion of many removes at the most.</summary>
    public const int DeletionStep = 1_000;

    private const string Columns =
        "session_key, session_id, user_key, family_hash, token_hash, device, address, begun_at, used_at, expires_at, ends_at";

    private readonly string _ofUser = database.Dialect.DeleteSome("sessions", "session_key", "user_key = @user");

    private readonly string[] _expired =
    [
        database.Dialect.DeleteSome("sessions", "session_key", "expires_at <= @now"),
        database.Dialect.DeleteSome("replaced_tokens", "token_hash", "replaced_at < @replacedBefore"),
        database.Dialect.DeleteSome("password_resets", "user_key", "expires_at <= @now"),
        database.Dialect.DeleteSome("invites", "code_hash", "expires_at <= @now"),
    ];

    public Task InsertAsync(DbSession session, SessionRow row) =>
        session.ExecuteAsync(
            """
            INSERT INTO sessions (session_id, user_key, family_hash, token_hash, device, address, begun_at, used_at, expires_at, ends_at)
            VALUES (@SessionId, @UserKey, @FamilyHash, @TokenHash, @Device, @Address, @BegunAt, @UsedAt, @ExpiresAt, @EndsAt)
            """,
            row);

    public Task<SessionRow?> ByFamilyAsync(DbSession session, string familyHash, long now) =>
        session.FirstAsync<SessionRow>(
            $"SELECT {Columns} FROM sessions WHERE family_hash = @familyHash AND expires_at > @now", new { familyHash, now });

    /// <summary>The user's sessions that last, the latest used first.</summary>
    public Task<List<SessionRow>> OfUserAsync(DbSession session, long user, long now) =>
        session.ListAsync<SessionRow>(
            $"SELECT {Columns} FROM sessions WHERE user_key = @user AND expires_at > @now ORDER BY used_at DESC, session_key DESC", new { user, now });

    /// <summary>Those of these ids that have not ended.</summary>
    public Task<List<string>> ExistingAsync(DbSession session, string[] ids) =>
        session.ListAsync<string>("SELECT session_id FROM sessions WHERE session_id IN @ids", new { ids });

    /// <summary>Replaces the session's token; the one before may still come from another tab.</summary>
    public async Task RotateAsync(DbSession session, SessionRow before, SessionRow after)
    {
        await session.ExecuteAsync(
            """
            UPDATE sessions SET token_hash = @TokenHash, address = @Address, used_at = @UsedAt, expires_at = @ExpiresAt
            WHERE session_key = @SessionKey
            """,
            after);
        await session.ExecuteAsync(
            "INSERT INTO replaced_tokens (token_hash, session_key, replaced_at) VALUES (@TokenHash, @SessionKey, @UsedAt)",
            new { before.TokenHash, before.SessionKey, after.UsedAt });
    }

    /// <summary>Whether the token was this session's and was replaced no earlier than this.</summary>
    public async Task<bool> WasReplacedSinceAsync(DbSession session, long sessionKey, string tokenHash, long since) =>
        await session.ScalarAsync<long>(
            "SELECT COUNT(*) FROM replaced_tokens WHERE token_hash = @tokenHash AND session_key = @sessionKey AND replaced_at >= @since",
            new { sessionKey, tokenHash, since }) > 0;

    /// <returns>False where there is none of this id that is the user's.</returns>
    public async Task<bool> DeleteAsync(DbSession session, long user, string sessionId) =>
        await session.ExecuteAsync(
            "DELETE FROM sessions WHERE session_id = @sessionId AND user_key = @user", new { user, sessionId }) > 0;

    /// <summary>Deletes the user's sessions.</summary>
    /// <returns>Whether some may be left: only so many go at once.</returns>
    public async Task<bool> DeleteSomeAsync(DbSession session, long user) =>
        await session.ExecuteAsync(_ofUser, new { user, take = DeletionStep }) == DeletionStep;

    /// <summary>Forgets what has run out.</summary>
    /// <returns>Whether some may be left: of each kind only so many go at once.</returns>
    public async Task<bool> PruneAsync(DbSession session, long now, long replacedBefore)
    {
        var isSomeLeft = false;
        foreach (var sql in _expired)
            isSomeLeft |= await session.ExecuteAsync(sql, new { now, replacedBefore, take = DeletionStep }) == DeletionStep;
        return isSomeLeft;
    }
}
