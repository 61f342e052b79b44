using ChatHub.Server.Outbox;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>The SQL of erasing an account.</summary>
public sealed class ErasureStore(IDatabase database)
{
    // What goes whole. Messages, the requests that became one, and being blocked stay with the
    // other side; a ban stays with the id; reports keep their own copies.
    private readonly string[] _deletions =
    [
        database.Dialect.DeleteSome("credentials", "user_key", "user_key = @user"),
        database.Dialect.DeleteSome("hidden_words", "user_key", "user_key = @user"),
        database.Dialect.DeleteSome("outbox", "entry_key", $"user_key = @user AND died_at IS NULL AND event IN ({OutboxStore.InboxEventsSql})"),
        database.Dialect.DeleteSome("push_subscriptions", "subscription_key", "user_key = @user"),
        database.Dialect.DeleteSome("sessions", "session_key", "user_key = @user"),
        database.Dialect.DeleteSome("password_resets", "user_key", "user_key = @user"),
        database.Dialect.DeleteSome("avatars", "avatar_id", "user_key = @user"),
        database.Dialect.DeleteSome("clearings", "user_key, conversation_key, after_seq", "user_key = @user"),
        database.Dialect.DeleteSome("blocks", "blocker_key, blocked_key", "blocker_key = @user"),
        database.Dialect.DeleteSome("report_calls", "call_key", "reporter_key = @user"),
        $"""
        UPDATE requests SET text = '' WHERE request_key IN (
            SELECT request_key FROM requests WHERE sender_key = @user AND state NOT IN ({StoredEnums.RequestPending}, {StoredEnums.RequestAccepted}) AND text <> '' ORDER BY request_key {database.Dialect.Take})
        """,
    ];

    private readonly string _pending =
        $"SELECT request_key FROM requests WHERE sender_key = @user AND state = {StoredEnums.RequestPending} ORDER BY request_key {database.Dialect.Take}";

    private readonly string _followed =
        $"SELECT followee_key FROM follows WHERE follower_key = @user ORDER BY followee_key {database.Dialect.Take}";

    // In the order of the index: by the follower's key alone each step would sort all that are left.
    private readonly string _followers =
        $"SELECT follower_key FROM follows WHERE followee_key = @user ORDER BY followed_at, follower_key {database.Dialect.Take}";

    /// <summary>Takes the name off: from now on the account reads as removed, no search finds it.</summary>
    public async Task MarkRemovedAsync(DbSession session, UserRef user, long now)
    {
        await session.ExecuteAsync("DELETE FROM search_prefixes WHERE user_key = @Key", new { user.Key });
        await session.ExecuteAsync(
            """
            UPDATE users
            SET removed_at = @now, username = @freed, username_key = @freed, is_moderator = 0, display_name = '', bio = NULL, avatar_url = NULL, birth_date = NULL,
                is_verified = 0, last_seen_at = NULL
            WHERE user_key = @Key
            """,
            new { user.Key, now, freed = $"~{user.Id}" });
    }

    /// <returns>Whether some may be left: of each kind only so many go at once.</returns>
    public async Task<bool> DeleteTracesAsync(DbSession session, long user, int take)
    {
        var isSomeLeft = false;
        foreach (var sql in _deletions)
            isSomeLeft |= await session.ExecuteAsync(sql, new { user, take }) == take;
        return isSomeLeft;
    }

    public Task<List<long>> PendingAsync(DbSession session, long user, int take) =>
        session.ListAsync<long>(_pending, new { user, take });

    public Task<List<long>> FollowedAsync(DbSession session, long user, int take) =>
        session.ListAsync<long>(_followed, new { user, take });

    public Task<List<long>> FollowersAsync(DbSession session, long user, int take) =>
        session.ListAsync<long>(_followers, new { user, take });
}
