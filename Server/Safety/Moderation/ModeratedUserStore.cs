using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Safety.Moderation;

/// <summary>Cards of users as moderators see them, and who is banned.</summary>
public sealed class ModeratedUserStore(IDatabase database)
{
    private sealed record UserRow : CardRow;

    public sealed record BannedRow : CardRow
    {
        public long UserKey { get; init; }
        public long BannedAt { get; init; }
        public long? Until { get; init; }
        public string? Reason { get; init; }

        public BannedUser ToContract() => new()
        {
            User = Card(),
            Ban = new BanRow { BannedAt = BannedAt, Until = Until, Reason = Reason }.ToContract(UserId),
        };
    }

    private const string Card = "u.user_id, u.username, u.display_name, u.avatar_url, u.is_verified, u.removed_at";

    private readonly string _banned = $"""
        SELECT {Card}, b.user_key, b.banned_at, b.until, b.reason
        FROM bans b JOIN users u ON u.user_key = b.user_key
        WHERE (b.until IS NULL OR b.until > @now) AND (b.banned_at < @bannedAt OR (b.banned_at = @bannedAt AND b.user_key < @user))
        ORDER BY b.banned_at DESC, b.user_key DESC {database.Dialect.Take}
        """;

    public async Task<UserCard> CardAsync(DbSession session, long user) =>
        (await session.FirstAsync<UserRow>($"SELECT {Card} FROM users u WHERE u.user_key = @user", new { user }) ?? throw Errors.UserNotFound()).Card();

    /// <summary>Whose ban holds, the latest first.</summary>
    public Task<List<BannedRow>> BannedAsync(DbSession session, long now, long bannedAt, long user, int take) =>
        session.ListAsync<BannedRow>(_banned, new { now, bannedAt, user, take });
}
