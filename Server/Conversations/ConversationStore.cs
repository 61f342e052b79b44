using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>The SQL of conversations as their two participants see them.</summary>
public sealed class ConversationStore(IDatabase database)
{
    private const string Select = """
        SELECT c.conversation_key, c.conversation_id, me.opened_at,
               me.sent_count, me.seen_count, me.seen_seq, me.active_version, me.quiet_version, me.updated_at,
               c.last_change, me.cleared_seq, me.receipts, me.muted_until, me.is_archived, me.is_pinned,
               me.peer_key, p.sent_count AS peer_sent_count, p.shown_seq AS peer_shown_seq,
               CASE WHEN mine.blocker_key IS NULL THEN 0 ELSE 1 END AS you_blocked,
               CASE WHEN theirs.blocker_key IS NULL THEN 0 ELSE 1 END AS peer_blocked,
               u.user_id AS peer_user_id, u.username AS peer_username, u.display_name AS peer_display_name,
               u.avatar_url AS peer_avatar_url, u.is_verified AS peer_is_verified,
               u.messaging_policy AS peer_policy, u.removed_at AS peer_removed_at,
               m.sender_key AS last_sender_key, m.client_id AS last_client_id, m.text AS last_text, m.sent_at AS last_sent_at,
               m.reply_to_seq AS last_reply_to_seq, COALESCE(x.change, 0) AS last_message_change, x.edited_at AS last_edited_at,
               x.removed_at AS last_removed_at, x.sender_emoji AS last_sender_emoji, x.peer_emoji AS last_peer_emoji
        FROM participants me
        JOIN conversations c ON c.conversation_key = me.conversation_key
        JOIN participants p ON p.user_key = me.peer_key AND p.conversation_key = me.conversation_key
        JOIN users u ON u.user_key = me.peer_key
        LEFT JOIN blocks mine ON mine.blocker_key = me.user_key AND mine.blocked_key = me.peer_key
        LEFT JOIN blocks theirs ON theirs.blocker_key = me.peer_key AND theirs.blocked_key = me.user_key
        LEFT JOIN messages m ON m.conversation_key = me.conversation_key AND m.seq = me.sent_count + p.sent_count
        LEFT JOIN message_changes x ON x.conversation_key = m.conversation_key AND x.seq = m.seq
        WHERE me.user_key = @user AND me.visible = 1
        """;

    // The archived ones and the others are in an index each: a statement for each, with its condition as constant text.
    private const string Main = "AND me.is_archived = 0";
    private const string Archived = "AND me.is_archived = 1";

    // At most 20, found by their own index. The plus keeps the order from being taken from the other one, which holds all chats.
    private readonly string _pinned = $"""
        AND me.conversation_key IN (SELECT pin.conversation_key FROM participants pin WHERE pin.user_key = @user AND pin.is_pinned = 1)
        AND +me.active_version < @before ORDER BY +me.active_version DESC {database.Dialect.Take}
        """;

    private readonly string _others = $"AND me.is_pinned = 0 AND me.active_version < @before ORDER BY me.active_version DESC {database.Dialect.Take}";

    private readonly string _moved = $"""
        AND me.quiet_version IS NULL AND me.active_version > @after AND me.active_version <= @upTo
        ORDER BY me.active_version {database.Dialect.Take}
        """;

    private readonly string _versions = $"""
        {Select} AND me.quiet_version > @after AND me.quiet_version <= @upTo
        ORDER BY me.quiet_version {database.Dialect.Take}
        """;

    public Task<ConversationRow?> ByIdAsync(DbSession session, long user, string id) =>
        session.FirstAsync<ConversationRow>($"{Select} AND c.conversation_id = @id", new { user, id });

    public Task<ConversationRow?> ByKeyAsync(DbSession session, long user, long key) =>
        session.FirstAsync<ConversationRow>($"{Select} AND me.conversation_key = @key", new { user, key });

    /// <summary>The pinned ones or the others of a list, latest first: those that moved before the given stamp.</summary>
    public Task<List<ConversationRow>> LatestAsync(DbSession session, long user, bool archived, bool pinned, long before, int take) =>
        session.ListAsync<ConversationRow>(
            $"{Select} {(archived ? Archived : Main)} {(pinned ? _pinned : _others)}",
            new { user, before, take });

    public Task<long> PinnedCountAsync(DbSession session, long user) =>
        session.ScalarAsync<long>("SELECT COUNT(*) FROM participants WHERE user_key = @user AND is_pinned = 1", new { user });

    /// <summary>Those stamped with a version in (after, upTo], by version.</summary>
    public async Task<List<ConversationRow>> ChangedAsync(DbSession session, long user, long after, long upTo, int take)
    {
        var range = new { user, after, upTo, take };
        var moved = await session.ListAsync<ConversationRow>($"{Select} {Main} {_moved}", range);
        var archived = await session.ListAsync<ConversationRow>($"{Select} {Archived} {_moved}", range);
        var stamped = await session.ListAsync<ConversationRow>(_versions, range);
        return [.. moved.Concat(archived).Concat(stamped).OrderBy(row => row.Version).Take(take)];
    }

    public Task UpdateViewAsync(DbSession session, long user, long conversation, ConversationView view, long version) =>
        session.ExecuteAsync(
            """
            UPDATE participants
            SET receipts = @Receipts, muted_until = @MutedUntil, is_archived = @IsArchived, is_pinned = @IsPinned, quiet_version = @version
            WHERE user_key = @user AND conversation_key = @conversation
            """,
            new { user, conversation, view.Receipts, view.MutedUntil, view.IsArchived, view.IsPinned, version });

    public Task ClearAsync(DbSession session, long user, long conversation, long upToSeq) =>
        session.ExecuteAsync(
            "UPDATE participants SET cleared_seq = @upToSeq WHERE user_key = @user AND conversation_key = @conversation",
            new { user, conversation, upToSeq });

    /// <summary>Adds an empty conversation that only its opener sees; answers its key.</summary>
    public async Task<long> InsertAsync(DbSession session, string id, long opener, long peer, long now)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO conversations (conversation_id, low_key, high_key, opener_key)
            VALUES (@id, @low, @high, @opener)
            """,
            new { id, low = Math.Min(opener, peer), high = Math.Max(opener, peer), opener });
        var key = await session.ScalarAsync<long>("SELECT conversation_key FROM conversations WHERE conversation_id = @id", new { id });
        await session.ExecuteAsync(
            """
            INSERT INTO participants (user_key, conversation_key, peer_key, visible, opened_at, updated_at)
            VALUES (@opener, @key, @peer, 1, @now, @now), (@peer, @key, @opener, 0, @now, @now)
            """,
            new { opener, peer, key, now });
        return key;
    }
}
