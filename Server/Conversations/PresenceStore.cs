using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>Who may see whose presence: people with an open chat who both show theirs, and of whom neither blocks the other.</summary>
public sealed class PresenceStore(IDatabase database)
{
    private static readonly PreparedStatement SetLastSeen = new(
        "UPDATE users SET last_seen_at = @at WHERE user_key = @user AND (last_seen_at IS NULL OR last_seen_at < @at)", "user", "at");

    private static readonly string Audience = $"""
        FROM participants me
        JOIN participants p ON p.user_key = me.peer_key AND p.conversation_key = me.conversation_key
        JOIN users own ON own.user_key = me.user_key
        JOIN users u ON u.user_key = me.peer_key
        WHERE me.user_key = @user AND me.sent_count + p.sent_count > 0
          AND {ChatRestrictions.AvailableSql("u")} AND u.show_presence = 1
          AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_key = me.user_key AND b.blocked_key = me.peer_key)
          AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_key = me.peer_key AND b.blocked_key = me.user_key)
        """;

    private static readonly string Shown = $"AND {ChatRestrictions.AvailableSql("own")} AND own.show_presence = 1";

    // In the order of the primary key: by that of the peers every page would read and sort all the user's chats.
    private static readonly string Page = $"SELECT me.conversation_key, u.user_id {Audience} AND me.conversation_key > @after";

    private readonly string _page = $"{Page} {Shown} ORDER BY me.conversation_key {database.Dialect.Take}";
    private readonly string _pageEvenHidden = $"{Page} ORDER BY me.conversation_key {database.Dialect.Take}";

    /// <summary>Those who may see the user, in pages by their chats.</summary>
    /// <param name="session">A snapshot.</param>
    /// <param name="user">Whose presence.</param>
    /// <param name="after">The chat of the last one of the page before; 0 for the first page.</param>
    /// <param name="evenHidden">Also when the user has just stopped showing it: to take back what was shown.</param>
    /// <param name="take">At most so many.</param>
    public async Task<IReadOnlyList<PresenceViewer>> AudienceAsync(DbSession session, long user, long after, bool evenHidden, int take) =>
        await session.ListAsync<PresenceViewer>(evenHidden ? _pageEvenHidden : _page, new { user, after, take });

    /// <summary>Whether one may see the other's presence; it is mutual.</summary>
    public async Task<bool> IsShownAsync(DbSession session, long user, long other) =>
        await session.ScalarAsync<long>(
            $"SELECT COUNT(*) {Audience} {Shown} AND me.peer_key = @other", new { user, other }) > 0;

    public Task<long?> LastSeenAsync(DbSession session, long user) =>
        session.ScalarAsync<long?>("SELECT last_seen_at FROM users WHERE user_key = @user", new { user });

    /// <summary>Never goes back: another process may have seen the user later.</summary>
    public ValueTask SetLastSeenAsync(DbSession session, long user, long at) => session.ExecuteAsync(SetLastSeen, user, at);
}
