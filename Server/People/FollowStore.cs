using ChatHub.Server.Storage;

namespace ChatHub.Server.People;

/// <summary>Who follows whom, with both counts kept.</summary>
public sealed class FollowStore
{
    private sealed record BlockedCounts
    {
        public long Followers { get; init; }
        public long Following { get; init; }
    }

    /// <returns>False if nothing was left to do.</returns>
    public async Task<bool> AddAsync(DbSession session, long follower, long followee, long now)
    {
        var pair = new { follower, followee, now };
        if (await ExistsAsync(session, follower, followee))
            return false;
        await session.ExecuteAsync(
            "INSERT INTO follows (follower_key, followee_key, followed_at) VALUES (@follower, @followee, @now)", pair);
        await CountAsync(session, follower, followee, 1);
        return true;
    }

    /// <returns>False if nothing was left to do.</returns>
    public async Task<bool> RemoveAsync(DbSession session, long follower, long followee)
    {
        var removed = await session.ExecuteAsync(
            "DELETE FROM follows WHERE follower_key = @follower AND followee_key = @followee", new { follower, followee });
        if (removed == 0)
            return false;
        await CountAsync(session, follower, followee, -1);
        return true;
    }

    public async Task<bool> ExistsAsync(DbSession session, long follower, long followee) =>
        await session.ScalarAsync<long>(
            "SELECT COUNT(*) FROM follows WHERE follower_key = @follower AND followee_key = @followee", new { follower, followee }) > 0;

    /// <summary>How many of the user's followers, and of those the user follows, the user blocks: kept, but without effect.</summary>
    public async Task<(long Followers, long Following)> BlockedCountsAsync(DbSession session, long user)
    {
        var counts = await session.FirstAsync<BlockedCounts>(
            """
            SELECT
                (SELECT COUNT(*) FROM blocks b JOIN follows f ON f.follower_key = b.blocked_key AND f.followee_key = b.blocker_key
                 WHERE b.blocker_key = @user) AS followers,
                (SELECT COUNT(*) FROM blocks b JOIN follows f ON f.follower_key = b.blocker_key AND f.followee_key = b.blocked_key
                 WHERE b.blocker_key = @user) AS following
            """,
            new { user });
        return (counts!.Followers, counts.Following);
    }

    private static async Task CountAsync(DbSession session, long follower, long followee, int by)
    {
        await session.ExecuteAsync(
            "UPDATE users SET following_count = following_count + @by WHERE user_key = @follower", new { follower, by });
        await session.ExecuteAsync(
            "UPDATE users SET follower_count = follower_count + @by WHERE user_key = @followee", new { followee, by });
    }
}
