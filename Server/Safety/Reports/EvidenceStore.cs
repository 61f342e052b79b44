using ChatHub.Server.Storage;

namespace ChatHub.Server.Safety.Reports;

/// <summary>
/// Reads what a report copies, as far as it is in the reporter's view or left it lately: a request that was deleted,
/// withdrawn or expired can be reported for 30 days after.
/// </summary>
public sealed class EvidenceStore(IDatabase database)
{
    private sealed record ChatRow
    {
        public long ConversationKey { get; init; }
        public string ConversationId { get; init; } = "";
        public long LastSeq { get; init; }
    }

    private const string Requests =
        "SELECT r.request_id, u.user_id AS sender_id, r.text, r.sent_at FROM requests r JOIN users u ON u.user_key = r.sender_key";

    private const string Messages = """
        SELECT c.conversation_id, m.seq, u.user_id AS sender_id, m.text, m.sent_at
        FROM messages m
        JOIN conversations c ON c.conversation_key = m.conversation_key
        JOIN users u ON u.user_key = m.sender_key
        WHERE m.conversation_key = @conversation
        """;

    // A recipient_version of 0: it never reached the reporter. A pending one that they deleted is in their view until it expires.
    private const string Named = $"""
        {Requests}
        WHERE r.request_id = @requestId
          AND ((r.sender_key = @reporter AND r.recipient_key = @reported)
            OR (r.sender_key = @reported AND r.recipient_key = @reporter AND r.recipient_version > 0
                AND ((r.state IN ({StoredEnums.RequestPending}, {StoredEnums.RequestExpired}) AND r.expires_at > @since)
                  OR (r.state = {StoredEnums.RequestWithdrawn} AND r.ended_at > @since)
                  OR (r.state = {StoredEnums.RequestAccepted} AND (r.deleted_at IS NULL OR r.deleted_at > @since)))))
        """;

    // "<> 0", which no index helps with: "> 0" led SQLite to all requests of the recipient.
    private readonly string _latestRequest = $"""
        {Requests}
        WHERE r.recipient_key = @reporter AND r.sender_key = @reported AND r.recipient_version <> 0 AND r.sent_at > @since
        ORDER BY r.request_key DESC {database.Dialect.Take}
        """;

    private readonly string _latestMessages = $"{Messages} AND m.seq > @after ORDER BY m.seq DESC {database.Dialect.Take}";

    /// <summary>A request between the two that the reporter sent, or that reached them and left their view after the given instant, if at all; else null.</summary>
    public Task<EvidenceRow?> RequestAsync(DbSession session, long reporter, long reported, string requestId, long since) =>
        session.FirstAsync<EvidenceRow>(Named, new { reporter, reported, requestId, since });

    /// <summary>The reported user's latest request that reached the reporter after the given instant; else null.</summary>
    public Task<EvidenceRow?> LatestRequestAsync(DbSession session, long reporter, long reported, long since) =>
        session.FirstAsync<EvidenceRow>(_latestRequest, new { reporter, reported, since, take = 1 });

    /// <summary>Key, id and last seq of the reporter's conversation with the reported user; else null.</summary>
    public async Task<(long Key, string Id, long LastSeq)?> ConversationAsync(DbSession session, long reporter, long reported)
    {
        var row = await session.FirstAsync<ChatRow>(
            """
            SELECT c.conversation_key, c.conversation_id, me.sent_count + p.sent_count AS last_seq
            FROM conversations c
            JOIN participants me ON me.user_key = @reporter AND me.conversation_key = c.conversation_key AND me.visible = 1
            JOIN participants p ON p.user_key = @reported AND p.conversation_key = c.conversation_key
            WHERE c.low_key = @low AND c.high_key = @high
            """,
            new { reporter, reported, low = Math.Min(reporter, reported), high = Math.Max(reporter, reported) });
        return row is null ? null : (row.ConversationKey, row.ConversationId, row.LastSeq);
    }

    /// <summary>The named messages, by rising seq.</summary>
    public Task<List<EvidenceRow>> MessagesAsync(DbSession session, long conversation, IReadOnlyList<long> seqs) =>
        session.ListAsync<EvidenceRow>($"{Messages} AND m.seq IN @seqs ORDER BY m.seq", new { conversation, seqs });

    /// <summary>The latest messages after a seq, by rising seq.</summary>
    public async Task<List<EvidenceRow>> LatestMessagesAsync(DbSession session, long conversation, long after, int take)
    {
        var rows = await session.ListAsync<EvidenceRow>(_latestMessages, new { conversation, after, take });
        rows.Reverse();
        return rows;
    }
}
