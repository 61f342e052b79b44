using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>Finds and removes messages by age. Their seqs rise with their age, so that a conversation's oldest decides whether it holds any.</summary>
public sealed class MessageExpiryStore(IDatabase database, RequestTextStore requestTexts)
{
    private sealed record Age
    {
        public long Seq { get; init; }
        public long SentAt { get; init; }
    }

    // A request's text is as old as the chat that its acceptance opened, and not as the request. No index: a message would
    // have to move it, and each conversation is looked at once a day.
    private const string Due = """
        SELECT c.conversation_key, c.conversation_id, c.low_key, low.user_id AS low_id, c.high_key, high.user_id AS high_id
        FROM conversations c
        JOIN participants one ON one.user_key = c.low_key AND one.conversation_key = c.conversation_key AND one.opened_at < @before
        JOIN participants other ON other.user_key = c.high_key AND other.conversation_key = c.conversation_key AND other.opened_at < @before
        JOIN users low ON low.user_key = c.low_key
        JOIN users high ON high.user_key = c.high_key
        JOIN messages m ON m.conversation_key = c.conversation_key
            AND m.seq = (SELECT MIN(f.seq) FROM messages f WHERE f.conversation_key = c.conversation_key)
        WHERE c.conversation_key > @after AND c.conversation_key <= @upTo AND m.sent_at < @before
        ORDER BY c.conversation_key
        """;

    private readonly string _oldest = $"SELECT seq, sent_at FROM messages WHERE conversation_key = @conversation ORDER BY seq {database.Dialect.Take}";

    /// <summary>The key of the newest conversation; 0 for none.</summary>
    public Task<long> LastKeyAsync(DbSession session) =>
        session.ScalarAsync<long>("SELECT COALESCE(MAX(conversation_key), 0) FROM conversations");

    /// <summary>Those among the conversations after a key, up to another, that hold messages from before an instant.</summary>
    public Task<List<ExpiringChat>> DueAsync(DbSession session, long after, long upTo, long before) =>
        session.ListAsync<ExpiringChat>(Due, new { after, upTo, before });

    /// <summary>The last of a conversation's oldest messages that are from before an instant, of at most so many; 0 for none.</summary>
    public async Task<long> LastExpiredAsync(DbSession session, long conversation, long before, int take) =>
        (await session.ListAsync<Age>(_oldest, new { conversation, take }))
            .TakeWhile(message => message.SentAt < before).LastOrDefault()?.Seq ?? 0;

    /// <summary>Removes messages up to a seq, with all that is kept beside them. Both sides have them cleared.</summary>
    public async Task RemoveAsync(DbSession session, long conversation, long upToSeq)
    {
        var range = new { conversation, upToSeq };
        await requestTexts.RemoveAsync(session, conversation, upToSeq);
        foreach (var table in (string[])["messages", "message_changes", "earlier_texts"])
            await session.ExecuteAsync($"DELETE FROM {table} WHERE conversation_key = @conversation AND seq <= @upToSeq", range);
    }
}
