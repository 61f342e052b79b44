using ChatHub.Server.Storage;

namespace ChatHub.Server.Safety;

/// <summary>Copies what a report points at, as far as the reporter may see it.</summary>
public sealed class EvidenceStore(IDatabase database)
{
    private sealed record ChatRow
    {
        public long ConversationKey { get; init; }
        public long LastSeq { get; init; }
    }

    private readonly string _latest = $"{Messages} ORDER BY m.seq DESC {database.Dialect.Take}";

    private const string Messages = """
        SELECT c.conversation_id, m.seq, u.user_id AS sender_id, m.text, m.sent_at
        FROM messages m
        JOIN conversations c ON c.conversation_key = m.conversation_key
        JOIN users u ON u.user_key = m.sender_key
        WHERE m.conversation_key = @conversation
        """;

    /// <summary>A request between the two that the reporter sent, or that reached them and that they have not deleted; else null.</summary>
    public Task<EvidenceRow?> RequestAsync(DbSession session, long reporter, long reported, string requestId) =>
        session.FirstAsync<EvidenceRow>(
            """
            SELECT r.request_id, u.user_id AS sender_id, r.text, r.sent_at
            FROM requests r JOIN users u ON u.user_key = r.sender_key
            WHERE r.request_id = @requestId
              AND ((r.sender_key = @reporter AND r.recipient_key = @reported)
                OR (r.sender_key = @reported AND r.recipient_key = @reporter AND r.recipient_version > 0 AND r.deleted_at IS NULL))
            """,
            new { reporter, reported, requestId });

    /// <summary>Key and last seq of the reporter's conversation with the reported; else null.</summary>
    public async Task<(long Key, long LastSeq)?> ConversationAsync(DbSession session, long reporter, long reported, string conversationId)
    {
        var row = await session.FirstAsync<ChatRow>(
            """
            SELECT c.conversation_key, me.sent_count + p.sent_count AS last_seq
            FROM conversations c
            JOIN participants me ON me.user_key = @reporter AND me.conversation_key = c.conversation_key AND me.visible = 1
            JOIN participants p ON p.user_key = @reported AND p.conversation_key = c.conversation_key
            WHERE c.conversation_id = @conversationId
            """,
            new { reporter, reported, conversationId });
        return row is null ? null : (row.ConversationKey, row.LastSeq);
    }

    public Task<List<EvidenceRow>> MessagesAsync(DbSession session, long conversation, IReadOnlyList<long> seqs) =>
        session.ListAsync<EvidenceRow>($"{Messages} AND m.seq IN @seqs ORDER BY m.seq", new { conversation, seqs });

    /// <summary>The latest messages, by rising seq.</summary>
    public async Task<List<EvidenceRow>> LatestAsync(DbSession session, long conversation, int take)
    {
        var rows = await session.ListAsync<EvidenceRow>(_latest, new { conversation, take });
        rows.Reverse();
        return rows;
    }
}
