using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.People;

/// <summary>ListFollowing, ListFollowers and ListBlocked: newest first.</summary>
public sealed class PeopleLists(IDatabase database, Cursors cursors)
{
    private sealed record ListedRow : CardRow
    {
        public long OtherKey { get; init; }
        public long Since { get; init; }
    }

    private readonly string _following = Sql("follows", "follower_key", "followee_key", "followed_at", NotBlocked, database.Dialect);
    private readonly string _followers = Sql("follows", "followee_key", "follower_key", "followed_at", NotBlocked, database.Dialect);
    private readonly string _blocked = Sql("blocks", "blocker_key", "blocked_key", "blocked_at", "", database.Dialect);

    // A follow stays while its two are blocked, but the blocker's own lists leave it out.
    private const string NotBlocked =
        "AND (@withBlocked = 1 OR NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_key = @user AND b.blocked_key = u.user_key))";

    /// <summary>Whom the caller follows.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="input">The page.</param>
    /// <param name="cancellation">Until the page is read.</param>
    /// <param name="withBlocked">With those whom the caller blocks, as they are stored.</param>
    public Task<Page<UserCard>> FollowingAsync(Caller caller, PageInput input, CancellationToken cancellation, bool withBlocked = false) =>
        ListAsync("following", _following, caller, input, cancellation, withBlocked);

    /// <summary>Who follows the caller; as <see cref="FollowingAsync"/>.</summary>
    public Task<Page<UserCard>> FollowersAsync(Caller caller, PageInput input, CancellationToken cancellation, bool withBlocked = false) =>
        ListAsync("followers", _followers, caller, input, cancellation, withBlocked);

    public Task<Page<UserCard>> BlockedAsync(Caller caller, PageInput input, CancellationToken cancellation) =>
        ListAsync("blocked", _blocked, caller, input, cancellation);

    private static string Sql(string table, string own, string other, string since, string condition, Dialect dialect) => $"""
        SELECT t.{other} AS other_key, t.{since} AS since,
               u.user_id, u.username, u.display_name, u.avatar_url, u.is_verified, u.removed_at
        FROM {table} t JOIN users u ON u.user_key = t.{other}
        WHERE t.{own} = @user AND (t.{since} < @since OR (t.{since} = @since AND t.{other} < @other)) {condition}
        ORDER BY t.{since} DESC, t.{other} DESC {dialect.Take}
        """;

    private async Task<Page<UserCard>> ListAsync(string list, string sql, Caller caller, PageInput input, CancellationToken cancellation, bool withBlocked = false)
    {
        Arguments.Required(input, "the argument");
        var limit = Arguments.Limit(input.Limit);
        var scope = new CursorScope(list, caller.User.Id);
        var (since, other) = cursors.ReadNumbers(scope, input.Cursor, 2) is [var at, var last] ? (at, last) : (long.MaxValue, long.MaxValue);
        var rows = await database.ReadAsync(
            session => session.ListAsync<ListedRow>(sql, new { user = caller.Key, since, other, take = limit + 1, withBlocked }), cancellation);
        return PageBounds.Page(rows, limit, row => row.Card(), TextSize.Of, row => cursors.Write(scope, row.Since, row.OtherKey));
    }
}
