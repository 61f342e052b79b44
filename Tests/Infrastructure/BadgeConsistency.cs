namespace ChatHub.Tests.Infrastructure;

/// <summary>Compares stored badges, which the server never counts, with counted ones.</summary>
public static class BadgeConsistency
{
    /// <summary>Selects the ids of users whose stored badges differ from the counted ones.</summary>
    public const string MismatchedUsers = """
        SELECT u.user_id FROM inboxes i JOIN users u ON u.user_key = i.user_key
        WHERE i.pending_requests <> (SELECT COUNT(*) FROM requests r WHERE r.recipient_key = i.user_key AND r.state = 0 AND r.entry = 0)
           OR i.filtered_requests <> (SELECT COUNT(*) FROM requests r WHERE r.recipient_key = i.user_key AND r.state = 0 AND r.entry = 1)
           OR i.unread_messages <> (
               SELECT COUNT(*) FROM participants p JOIN messages m ON m.conversation_key = p.conversation_key
               WHERE p.user_key = i.user_key AND m.sender_key <> i.user_key AND m.seq > p.seen_seq)
           OR i.unread_conversations <> (
               SELECT COUNT(DISTINCT p.conversation_key) FROM participants p JOIN messages m ON m.conversation_key = p.conversation_key
               WHERE p.user_key = i.user_key AND m.sender_key <> i.user_key AND m.seq > p.seen_seq)
        """;
}
