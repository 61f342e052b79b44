using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>
/// The text of a request that became a message reads as that message does for each side. It is the first message of its
/// sender, and one of the conversation's first two. Where its text changes for a side, the request carries that side's stamp.
/// </summary>
public sealed class RequestTextStore
{
    private const long LastSeq = 2;

    // The recipient's stamp moves only while a list of theirs holds the request: one whose chat opened at once never reached them.
    private const string Replace = $"""
        UPDATE requests
        SET text = @Text, text_changed = 1, sender_version = COALESCE(@senderVersion, sender_version),
            recipient_version = CASE WHEN entry = {StoredEnums.EntryAccepted} THEN COALESCE(@recipientVersion, recipient_version) ELSE recipient_version END
        WHERE conversation_key = @conversation AND sender_key = @SenderKey
        """;

    private const string AmongThem = """
        conversation_key = @conversation AND EXISTS (
            SELECT 1 FROM messages m
            WHERE m.conversation_key = @conversation AND m.seq > @afterSeq AND m.seq <= @upToSeq
              AND m.sender_key = requests.sender_key AND m.sender_count = 1)
        """;

    private const string Stamp = $"""
        UPDATE requests
        SET sender_version = CASE WHEN sender_key = @user THEN @version ELSE sender_version END,
            recipient_version = CASE WHEN recipient_key = @user AND entry = {StoredEnums.EntryAccepted} THEN @version ELSE recipient_version END
        WHERE {AmongThem}
        """;

    private const string Remove = $"UPDATE requests SET text = '', text_changed = 1 WHERE {AmongThem}";

    /// <summary>A message says something else now.</summary>
    /// <param name="session">A transaction.</param>
    /// <param name="conversation">The conversation's key.</param>
    /// <param name="message">As it is now.</param>
    /// <param name="senderVersion">The stamp of the message's sender; null where their view does not change.</param>
    /// <param name="recipientVersion">The same for the other side.</param>
    public async Task ReplaceAsync(DbSession session, long conversation, MessageRow message, long? senderVersion, long? recipientVersion)
    {
        if (message.Seq <= LastSeq && message.SenderCount == 1)
            await session.ExecuteAsync(Replace, new { conversation, message.SenderKey, message.Text, senderVersion, recipientVersion });
    }

    /// <summary>A side no longer sees the messages after a seq, up to another.</summary>
    public async Task ClearAsync(DbSession session, long conversation, long user, long afterSeq, long upToSeq, long version)
    {
        if (afterSeq < LastSeq)
            await session.ExecuteAsync(Stamp, new { conversation, user, afterSeq, upToSeq = Math.Min(upToSeq, LastSeq), version });
    }

    /// <summary>The messages up to a seq are about to be removed. Both sides have them cleared.</summary>
    public Task RemoveAsync(DbSession session, long conversation, long upToSeq) =>
        session.ExecuteAsync(Remove, new { conversation, afterSeq = 0, upToSeq = Math.Min(upToSeq, LastSeq) });
}
