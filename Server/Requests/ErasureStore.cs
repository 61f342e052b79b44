using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>The SQL of erasing an account.</summary>
public sealed class ErasureStore(IDatabase database)
{
    // What goes whole. Messages, the requests that became one, and being blocked stay with the other side; reports keep their own copies.
    private static readonly string[] Deletions =
    [
        "DELETE FROM credentials WHERE user_key = @user",
        "DELETE FROM hidden_words WHERE user_key = @user",
        "DELETE FROM refresh_sessions WHERE user_key = @user",
        "DELETE FROM avatars WHERE user_key = @user",
        "DELETE FROM bans WHERE user_key = @user",
        "DELETE FROM blocks WHERE blocker_key = @user",
        $"UPDATE requests SET text = '' WHERE sender_key = @user AND state NOT IN ({StoredEnums.RequestPending}, {StoredEnums.RequestAccepted})",
    ];

    private readonly string _pending =
        $"SELECT request_key FROM requests WHERE sender_key = @user AND state = {StoredEnums.RequestPending} ORDER BY request_key {database.Dialect.Take}";

    private readonly string _followed =
        $"SELECT followee_key FROM follows WHERE follower_key = @user ORDER BY followee_key {database.Dialect.Take}";

    private readonly string _followers =
        $"SELECT follower_key FROM follows WHERE followee_key = @user ORDER BY follower_key {database.Dialect.Take}";

    /// <summary>Takes the name off: from now on the account reads as removed, nobody finds it, and its username is free.</summary>
    public async Task MarkRemovedAsync(DbSession session, UserRef user, long now)
    {
        await session.ExecuteAsync("DELETE FROM search_prefixes WHERE user_key = @Key", new { user.Key });
        await session.ExecuteAsync(
            """
            UPDATE users
            SET removed_at = @now, username = @freed, display_name = '', bio = NULL, avatar_url = NULL, birth_date = NULL,
                is_verified = 0, last_seen_at = NULL
            WHERE user_key = @Key
            """,
            new { user.Key, now, freed = $"~{user.Id}" });
    }

    public async Task DeleteTracesAsync(DbSession session, long user)
    {
        foreach (var sql in Deletions)
            await session.ExecuteAsync(sql, new { user });
    }

    public Task<List<long>> PendingAsync(DbSession session, long user, int take) =>
        session.ListAsync<long>(_pending, new { user, take });

    public Task<List<long>> FollowedAsync(DbSession session, long user, int take) =>
        session.ListAsync<long>(_followed, new { user, take });

    public Task<List<long>> FollowersAsync(DbSession session, long user, int take) =>
        session.ListAsync<long>(_followers, new { user, take });
}
