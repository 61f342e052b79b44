using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>All that writing in a chat depends on, read in one statement: the hot path's row.</summary>
public sealed record ChatFacts
{
    public long ConversationKey { get; init; }
    public string ConversationId { get; init; } = "";

    public long SentCount { get; init; }
    public long SeenCount { get; init; }
    public long SeenSeq { get; init; }
    public long ShownSeq { get; init; }
    public long SeenAt { get; init; }
    public MessagingPolicy Policy { get; init; }
    public bool SendSeenReceipts { get; init; }
    public bool IsBanned { get; init; }
    public long? BannedUntil { get; init; }

    public long PeerKey { get; init; }
    public string PeerId { get; init; } = "";
    public long PeerSentCount { get; init; }
    public long PeerSeenCount { get; init; }
    public long PeerShownSeq { get; init; }
    public MessagingPolicy PeerPolicy { get; init; }
    public long? PeerRemovedAt { get; init; }
    public bool YouBlocked { get; init; }
    public bool PeerBlocked { get; init; }

    public UserRef Peer => new(PeerKey, PeerId);
    public long LastSeq => SentCount + PeerSentCount;
    public long UnreadCount => PeerSentCount - SeenCount;
    public long PeerUnreadCount => SentCount - PeerSeenCount;

    public Standing Standing => new(
        IsBanned,
        BannedUntil is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null,
        Policy == MessagingPolicy.Nobody,
        YouBlocked,
        PeerBlocked || PeerRemovedAt is not null || PeerPolicy == MessagingPolicy.Nobody);
}

/// <summary>Reads <see cref="ChatFacts"/>.</summary>
public sealed class ChatFactsStore
{
    private const string Select = """
        SELECT c.conversation_key, c.conversation_id,
               me.sent_count, me.seen_count, me.seen_seq, me.shown_seq, me.seen_at,
               own.messaging_policy AS policy, own.send_seen_receipts,
               CASE WHEN ban.user_key IS NULL THEN 0 ELSE 1 END AS is_banned, ban.until AS banned_until,
               me.peer_key, u.user_id AS peer_id, p.sent_count AS peer_sent_count, p.seen_count AS peer_seen_count,
               p.shown_seq AS peer_shown_seq, u.messaging_policy AS peer_policy, u.removed_at AS peer_removed_at,
               CASE WHEN mine.blocker_key IS NULL THEN 0 ELSE 1 END AS you_blocked,
               CASE WHEN theirs.blocker_key IS NULL THEN 0 ELSE 1 END AS peer_blocked
        FROM conversations c
        JOIN participants me ON me.user_key = @user AND me.conversation_key = c.conversation_key AND me.visible = 1
        JOIN participants p ON p.user_key = me.peer_key AND p.conversation_key = c.conversation_key
        JOIN users own ON own.user_key = @user
        JOIN users u ON u.user_key = me.peer_key
        LEFT JOIN bans ban ON ban.user_key = @user AND (ban.until IS NULL OR ban.until > @now)
        LEFT JOIN blocks mine ON mine.blocker_key = @user AND mine.blocked_key = me.peer_key
        LEFT JOIN blocks theirs ON theirs.blocker_key = me.peer_key AND theirs.blocked_key = @user
        WHERE c.conversation_id = @conversationId
        """;

    /// <summary>Null where there is no such conversation, or none that the user may see.</summary>
    public Task<ChatFacts?> FindAsync(DbSession session, long user, string conversationId, long now) =>
        session.FirstAsync<ChatFacts>(Select, new { user, conversationId, now });
}
