using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>The SQL of messages and of the counters they move.</summary>
public sealed class MessageStore
{
    private const string Columns = "seq, sender_key, sender_count, client_id, text, sent_at";

    private static readonly PreparedStatement<MessageRow> At = new(
        $"SELECT {Columns} FROM messages WHERE conversation_key = @conversation AND seq = @seq",
        row => new()
        {
            Seq = row.Number(0),
            SenderKey = row.Number(1),
            SenderCount = row.Number(2),
            ClientId = row.Text(3),
            Text = row.Text(4),
            SentAt = row.Number(5),
        },
        "conversation", "seq");

    private static readonly PreparedStatement Insert = new(
        """
        INSERT INTO messages (conversation_key, seq, sender_key, sender_count, client_id, text, sent_at)
        VALUES (@conversation, @seq, @sender, @count, @clientId, @text, @sentAt)
        """,
        "conversation", "seq", "sender", "count", "clientId", "text", "sentAt");

    private static readonly PreparedStatement Move = new(
        """
        UPDATE participants
        SET visible = 1, opened_at = CASE WHEN visible = 0 THEN @updatedAt ELSE opened_at END, sent_count = sent_count + @sent,
            active_version = @version, quiet_version = NULL, updated_at = @updatedAt
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

    public ValueTask<MessageRow?> AtAsync(DbSession session, long conversation, long seq) =>
        session.FirstAsync(At, conversation, seq);

    public Task<List<MessageRow>> RangeAsync(DbSession session, long conversation, MessageRange range) =>
        session.ListAsync<MessageRow>(
            $"SELECT {Columns} FROM messages WHERE conversation_key = @conversation AND seq BETWEEN @From AND @To ORDER BY seq",
            new { conversation, range.From, range.To });

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
        await session.ExecuteAsync(
            Insert, conversation, message.Seq, message.SenderKey, message.SenderCount, message.ClientId, message.Text, message.SentAt);
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
}
