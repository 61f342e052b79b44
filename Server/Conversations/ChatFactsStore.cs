using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>Reads <see cref="ChatFacts"/>.</summary>
public sealed class ChatFactsStore
{
    private static readonly PreparedStatement<ChatFacts> Find = new(
        """
        SELECT c.conversation_key, c.conversation_id,
               me.sent_count, me.seen_count, me.seen_seq, me.shown_seq, me.seen_at,
               own.messaging_policy, own.send_seen_receipts, ban.user_key, ban.until,
               me.peer_key, u.user_id, p.sent_count, p.seen_count, p.shown_seq, u.messaging_policy, u.removed_at,
               mine.blocker_key, theirs.blocker_key,
               me.cleared_seq, me.receipts, c.last_change, p.cleared_seq, p.seen_seq, u.push_count
        FROM conversations c
        JOIN participants me ON me.user_key = @user AND me.conversation_key = c.conversation_key AND me.visible = 1
        JOIN participants p ON p.user_key = me.peer_key AND p.conversation_key = c.conversation_key
        JOIN users own ON own.user_key = @user
        JOIN users u ON u.user_key = me.peer_key
        LEFT JOIN bans ban ON ban.user_key = @user AND (ban.until IS NULL OR ban.until > @now)
        LEFT JOIN blocks mine ON mine.blocker_key = @user AND mine.blocked_key = me.peer_key
        LEFT JOIN blocks theirs ON theirs.blocker_key = me.peer_key AND theirs.blocked_key = @user
        WHERE c.conversation_id = @conversationId
        """,
        row => new()
        {
            ConversationKey = row.Number(0),
            ConversationId = row.Text(1),
            SentCount = row.Number(2),
            SeenCount = row.Number(3),
            SeenSeq = row.Number(4),
            ShownSeq = row.Number(5),
            SeenAt = row.Number(6),
            Policy = (MessagingPolicy)row.Number(7),
            SendSeenReceipts = row.Number(8) != 0,
            IsBanned = !row.IsNull(9),
            BannedUntil = row.IsNull(10) ? null : row.Number(10),
            PeerKey = row.Number(11),
            PeerId = row.Text(12),
            PeerSentCount = row.Number(13),
            PeerSeenCount = row.Number(14),
            PeerShownSeq = row.Number(15),
            PeerPolicy = (MessagingPolicy)row.Number(16),
            PeerRemovedAt = row.IsNull(17) ? null : row.Number(17),
            YouBlocked = !row.IsNull(18),
            PeerBlocked = !row.IsNull(19),
            ClearedSeq = row.Number(20),
            Receipts = (ReceiptSetting)row.Number(21),
            LastChange = row.Number(22),
            PeerClearedSeq = row.Number(23),
            PeerSeenSeq = row.Number(24),
            PeerHasPush = row.Number(25) > 0,
        },
        "user", "conversationId", "now");

    /// <summary>Null where there is no such conversation, or none that the user may see.</summary>
    public ValueTask<ChatFacts?> FindAsync(DbSession session, long user, string conversationId, long now) =>
        session.FirstAsync(Find, user, conversationId, now);
}
