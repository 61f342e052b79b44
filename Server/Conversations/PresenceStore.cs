using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>Who may see whose presence: people with an open chat who both show theirs, and of whom neither blocks the other.</summary>
public sealed class PresenceStore(IDatabase database)
{
    private static readonly PreparedStatement SetLastSeen = new(
        "UPDATE users SET last_seen_at = @at WHERE user_key = @user AND (last_seen_at IS NULL OR last_seen_at < @at)", "user", "at");

    private const string Both = """
        JOIN participants p ON p.user_key = me.peer_key AND p.conversation_key = me.conversation_key
        JOIN users own ON own.user_key = me.user_key
        JOIN users u ON u.user_key = me.peer_key
        """;

    private static readonly string MayBeShown = $"""
        me.sent_count + p.sent_count > 0 AND {ChatRestrictions.AvailableSql("u")} AND u.show_presence = 1
        AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_key = me.user_key AND b.blocked_key = me.peer_key)
        AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_key = me.peer_key AND b.blocked_key = me.user_key)
        """;

    private static readonly string Shows = $"{ChatRestrictions.AvailableSql("own")} AND own.show_presence = 1";

    private static readonly string IsShown = $"""
        SELECT COUNT(*) FROM conversations c
        JOIN participants me ON me.user_key = @user AND me.conversation_key = c.conversation_key
        {Both}
        WHERE c.low_key = @low AND c.high_key = @high AND {MayBeShown} AND {Shows}
        """;

    private readonly string _page = Page(database.Dialect, $"{MayBeShown} AND {Shows}");
    private readonly string _pageEvenHidden = Page(database.Dialect, MayBeShown);

    /// <summary>A user's chats in pages, each with whether its other side may see the user.</summary>
    /// <param name="session">A snapshot.</param>
    /// <param name="user">Whose presence.</param>
    /// <param name="after">The last chat of the page before; 0 for the first page.</param>
    /// <param name="evenHidden">Also when the user has just stopped showing it: to take back what was shown.</param>
    /// <param name="take">So many, but on the last page.</param>
    public async Task<IReadOnlyList<PresenceViewer>> AudienceAsync(DbSession session, long user, long after, bool evenHidden, int take) =>
        await session.ListAsync<PresenceViewer>(evenHidden ? _pageEvenHidden : _page, new { user, after, take });

    /// <summary>Whether one may see the other's presence; it is mutual.</summary>
    public async Task<bool> IsShownAsync(DbSession session, long user, long other) =>
        await session.ScalarAsync<long>(IsShown, new { user, low = Math.Min(user, other), high = Math.Max(user, other) }) > 0;

    public Task<long?> LastSeenAsync(DbSession session, long user) =>
        session.ScalarAsync<long?>("SELECT last_seen_at FROM users WHERE user_key = @user", new { user });

    /// <summary>Never goes back: another process may have seen the user later.</summary>
    public ValueTask SetLastSeenAsync(DbSession session, long user, long at) => session.ExecuteAsync(SetLastSeen, user, at);

    // The page is taken before anything is joined, in the order of the primary key: however many chats there are, and whatever a planner
    // expects, a page reads no more than its own.
    private static string Page(Dialect dialect, string isShown) => $"""
        SELECT me.conversation_key, u.user_id, CASE WHEN {isShown} THEN 1 ELSE 0 END AS is_shown
        FROM (
            SELECT conversation_key, user_key, peer_key, sent_count FROM participants
            WHERE user_key = @user AND conversation_key > @after
            ORDER BY conversation_key {dialect.Take}) me
        {Both}
        ORDER BY me.conversation_key
        """;
}
