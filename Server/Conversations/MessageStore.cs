using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>The SQL of messages and of the counters they move.</summary>
public sealed class MessageStore(IDatabase database)
{
    private const string Select = """
        SELECT m.seq, m.sender_key, m.sender_count, m.client_id, m.text, m.sent_at, m.reply_to_seq,
               COALESCE(x.change, 0) AS change, x.edited_at, x.removed_at, x.sender_emoji, x.peer_emoji
        FROM messages m
        LEFT JOIN message_changes x ON x.conversation_key = m.conversation_key AND x.seq = m.seq
        WHERE m.conversation_key = @conversation
        """;

    // From the changes on, of which there are few, in their order: the join above would read every message of the conversation.
    // CROSS JOIN and the sign before seq leave SQLite no other plan, whatever it knows of the tables' sizes.
    private readonly string _changed = $"""
        SELECT m.seq, m.sender_key, m.sender_count, m.client_id, m.text, m.sent_at, m.reply_to_seq,
               x.change, x.edited_at, x.removed_at, x.sender_emoji, x.peer_emoji
        FROM message_changes x
        CROSS JOIN messages m
        WHERE x.conversation_key = @conversation AND x.change > @after AND +x.seq > @clearedSeq
            AND m.conversation_key = x.conversation_key AND m.seq = x.seq
        ORDER BY x.change {database.Dialect.Take}
        """;

    private static readonly PreparedStatement<MessageCount> Count = new(
        "SELECT sender_key, sender_count FROM messages WHERE conversation_key = @conversation AND seq = @seq",
        row => new(row.Number(0), row.Number(1)),
        "conversation", "seq");

    private static readonly PreparedStatement Insert = new(
        """
        INSERT INTO messages (conversation_key, seq, sender_key, sender_count, client_id, text, sent_at)
        VALUES (@conversation, @seq, @sender, @count, @clientId, @text, @sentAt)
        """,
        "conversation", "seq", "sender", "count", "clientId", "text", "sentAt");

    // A statement of its own, so that the one of most messages binds no more than it needs.
    private static readonly PreparedStatement InsertReply = new(
        """
        INSERT INTO messages (conversation_key, seq, sender_key, sender_count, client_id, text, sent_at, reply_to_seq)
        VALUES (@conversation, @seq, @sender, @count, @clientId, @text, @sentAt, @replyToSeq)
        """,
        "conversation", "seq", "sender", "count", "clientId", "text", "sentAt", "replyToSeq");

    private static readonly PreparedStatement Move = new(
        """
        UPDATE participants
        SET visible = 1, opened_at = CASE WHEN visible = 0 THEN @updatedAt ELSE opened_at END, sent_count = sent_count + @sent,
            active_version = @version, quiet_version = NULL, updated_at = @updatedAt, is_archived = 0
        WHERE user_key = @user AND conversation_key = @conversation
        """,
        "user", "conversation", "sent", "version", "updatedAt");

    private static readonly PreparedStatement Mark = new(
        """
        UPDATE participants
        SET seen_seq = @seenSeq, seen_count = @seenCount, shown_seq = @shownSeq, seen_at = @seenAt, quiet_version = @version
        WHERE user_key = @reader AND conversation_key = @conversation
        """,
        "reader", "conversation", "seenSeq", "seenCount", "shownSeq", "seenAt", "version");

    private static readonly PreparedStatement Stamp = new(
        "UPDATE participants SET quiet_version = @version WHERE user_key = @user AND conversation_key = @conversation",
        "user", "conversation", "version");

    private static readonly PreparedStatement Rewrite = new(
        "UPDATE participants SET quiet_version = quiet_version WHERE user_key = @user AND conversation_key = @conversation", "user", "conversation");

    public Task<MessageRow?> FindAsync(DbSession session, long conversation, long seq) =>
        session.FirstAsync<MessageRow>($"{Select} AND m.seq = @seq", new { conversation, seq });

    public Task<List<MessageRow>> RangeAsync(DbSession session, long conversation, MessageRange range) =>
        session.ListAsync<MessageRow>($"{Select} AND m.seq BETWEEN @From AND @To ORDER BY m.seq", new { conversation, range.From, range.To });

    /// <summary>Messages that changed after a change, by rising change; without those up to <paramref name="clearedSeq"/>.</summary>
    public Task<List<MessageRow>> ChangedAsync(DbSession session, long conversation, long after, long clearedSeq, int take) =>
        session.ListAsync<MessageRow>(_changed, new { conversation, after, clearedSeq, take });

    /// <summary>How many of the peer's messages there are up to a seq.</summary>
    public async ValueTask<long> PeerMessagesUpToAsync(DbSession session, long conversation, long peer, long seq)
    {
        var at = await session.FirstAsync(Count, conversation, seq)
            ?? throw new InvalidOperationException($"Conversation {conversation} has no message {seq}.");
        return SeenRules.PeerMessagesUpTo(seq, at.SenderCount, at.SenderKey == peer);
    }

    /// <summary>Writes the next message, and stamps both views of its conversation.</summary>
    /// <param name="session">A transaction.</param>
    /// <param name="conversation">The conversation's key.</param>
    /// <param name="message">The message, with the seq and the count that follow from the counters read before.</param>
    /// <param name="peer">The receiver.</param>
    /// <param name="senderVersion">The sender's stamp.</param>
    /// <param name="peerVersion">The receiver's stamp.</param>
    /// <param name="updatedAt">When the conversation moved.</param>
    public async Task AppendAsync(
        DbSession session, long conversation, MessageRow message, long peer, long senderVersion, long peerVersion, long updatedAt)
    {
        if (message.ReplyToSeq is { } replyToSeq)
        {
            await session.ExecuteAsync(
                InsertReply, conversation, message.Seq, message.SenderKey, message.SenderCount, message.ClientId, message.Text, message.SentAt, replyToSeq);
        }
        else
        {
            await session.ExecuteAsync(
                Insert, conversation, message.Seq, message.SenderKey, message.SenderCount, message.ClientId, message.Text, message.SentAt);
        }

        await session.ExecuteAsync(Move, message.SenderKey, conversation, 1, senderVersion, updatedAt);
        await session.ExecuteAsync(Move, peer, conversation, 0, peerVersion, updatedAt);
    }

    /// <summary>Moves a reader's mark.</summary>
    public ValueTask MarkSeenAsync(DbSession session, long reader, long conversation, SeenMark mark) =>
        session.ExecuteAsync(Mark, reader, conversation, mark.SeenSeq, mark.SeenCount, mark.ShownSeq, mark.SeenAt, mark.Version);

    /// <summary>Brings an empty conversation into one more view.</summary>
    public ValueTask RevealAsync(DbSession session, long user, long conversation, long version, long now) =>
        session.ExecuteAsync(Move, user, conversation, 0, version, now);

    /// <summary>Stamps one view of a conversation that changed in nothing of its own row.</summary>
    public ValueTask NextVersionAsync(DbSession session, long user, long conversation, long version) =>
        session.ExecuteAsync(Stamp, user, conversation, version);

    /// <summary>Writes one view of a conversation as it is: a change that does not concern it must not show in the time it takes.</summary>
    public ValueTask RewriteAsync(DbSession session, long user, long conversation) => session.ExecuteAsync(Rewrite, user, conversation);
}
