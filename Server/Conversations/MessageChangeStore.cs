using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>Writes changes of messages.</summary>
public sealed class MessageChangeStore(EarlierTextStore earlier)
{
    /// <summary>Writes a message's new state under its change, which becomes the conversation's last.</summary>
    /// <param name="session">A transaction.</param>
    /// <param name="conversation">The conversation's key.</param>
    /// <param name="before">As it was.</param>
    /// <param name="after">As it is now, with its change.</param>
    /// <param name="now">When.</param>
    public async Task WriteAsync(DbSession session, long conversation, MessageRow before, MessageRow after, long now)
    {
        var row = new { conversation, after.Seq, after.Change, after.EditedAt, after.RemovedAt, after.SenderEmoji, after.PeerEmoji };
        await session.ExecuteAsync(before.Change > 0 ? Update : Insert, row);
        await session.ExecuteAsync(
            "UPDATE conversations SET last_change = @Change WHERE conversation_key = @conversation", new { conversation, after.Change });
        if (after.Text != before.Text)
            await ReplaceTextAsync(session, conversation, before, after, now);
    }

    private const string Insert = """
        INSERT INTO message_changes (conversation_key, seq, change, edited_at, removed_at, sender_emoji, peer_emoji)
        VALUES (@conversation, @Seq, @Change, @EditedAt, @RemovedAt, @SenderEmoji, @PeerEmoji)
        """;

    private const string Update = """
        UPDATE message_changes
        SET change = @Change, edited_at = @EditedAt, removed_at = @RemovedAt, sender_emoji = @SenderEmoji, peer_emoji = @PeerEmoji
        WHERE conversation_key = @conversation AND seq = @Seq
        """;

    private async Task ReplaceTextAsync(DbSession session, long conversation, MessageRow before, MessageRow after, long now)
    {
        await earlier.AddAsync(session, conversation, before, after.Change, now);
        await session.ExecuteAsync(
            "UPDATE messages SET text = @Text WHERE conversation_key = @conversation AND seq = @Seq", new { conversation, after.Seq, after.Text });
    }
}
