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

    private readonly string _following = Sql("follows", "follower_key", "followee_key", "followed_at", database.Dialect);
    private readonly string _followers = Sql("follows", "followee_key", "follower_key", "followed_at", database.Dialect);
    private readonly string _blocked = Sql("blocks", "blocker_key", "blocked_key", "blocked_at", database.Dialect);

    public Task<Page<UserCard>> FollowingAsync(Caller caller, PageInput input, CancellationToken cancellation) =>
        ListAsync("following", _following, caller, input, cancellation);

    public Task<Page<UserCard>> FollowersAsync(Caller caller, PageInput input, CancellationToken cancellation) =>
        ListAsync("followers", _followers, caller, input, cancellation);

    public Task<Page<UserCard>> BlockedAsync(Caller caller, PageInput input, CancellationToken cancellation) =>
        ListAsync("blocked", _blocked, caller, input, cancellation);

    private static string Sql(string table, string own, string other, string since, Dialect dialect) => $"""
        SELECT t.{other} AS other_key, t.{since} AS since,
               u.user_id, u.username, u.display_name, u.avatar_url, u.is_verified, u.removed_at
        FROM {table} t JOIN users u ON u.user_key = t.{other}
        WHERE t.{own} = @user AND (t.{since} < @since OR (t.{since} = @since AND t.{other} < @other))
        ORDER BY t.{since} DESC, t.{other} DESC {dialect.Take}
        """;

    private async Task<Page<UserCard>> ListAsync(string list, string sql, Caller caller, PageInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var limit = Arguments.Limit(input.Limit);
        var scope = new CursorScope(list, caller.User.Id);
        var (since, other) = cursors.ReadNumbers(scope, input.Cursor, 2) is [var at, var last] ? (at, last) : (long.MaxValue, long.MaxValue);
        var rows = await database.ReadAsync(
            session => session.ListAsync<ListedRow>(sql, new { user = caller.Key, since, other, take = limit + 1 }), cancellation);
        return PageBounds.Page(rows, limit, row => row.Card(), TextSize.Of, row => cursors.Write(scope, row.Since, row.OtherKey));
    }
}
