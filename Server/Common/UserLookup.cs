using ChatHub.Server.Storage;

namespace ChatHub.Server.Common;

/// <summary>Finds a user's key by the id of the wire.</summary>
public static class UserLookup
{
    private sealed record Row
    {
        public long UserKey { get; init; }
        public string UserId { get; init; } = "";
        public long? RemovedAt { get; init; }
    }

    /// <summary>The user; null if no user has this id, or the account was removed.</summary>
    public static async Task<UserRef?> FindAsync(DbSession session, string userId) =>
        await ReadAsync(session, userId) is { RemovedAt: null } row ? new UserRef(row.UserKey, row.UserId) : null;

    /// <summary>The same, removed accounts included.</summary>
    public static async Task<UserRef?> FindEvenRemovedAsync(DbSession session, string userId) =>
        await ReadAsync(session, userId) is { } row ? new UserRef(row.UserKey, row.UserId) : null;

    // SQL Server ignores spaces at the end of what it compares, so the id is compared once more.
    private static async Task<Row?> ReadAsync(DbSession session, string userId) =>
        await session.FirstAsync<Row>("SELECT user_key, user_id, removed_at FROM users WHERE user_id = @userId", new { userId }) is { } row
        && row.UserId == userId ? row : null;
}
