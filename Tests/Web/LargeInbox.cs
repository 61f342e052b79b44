using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Web;

/// <summary>
/// An inbox of the size that few people reach: 5,000 chats, of which the newest holds 50,000 messages and the next one 50, and
/// 1,000 requests. Written straight into the database, because no user could send them within a test.
/// </summary>
internal static class LargeInbox
{
    public const int Chats = 5_000;
    public const int Requests = 1_000;
    public const int LongChat = 50_000;
    public const int ShortChat = 50;

    /// <summary>The peer of the chat with the given number; the higher, the later.</summary>
    public static string NameOf(int chat) => $"Person {chat:0000}";

    public static async Task FillAsync(TestDatabase database, Account user)
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "The crowd is made by SQLite's SQL.");
        var values = new { id = user.Id, Chats, Requests, people = Chats + Requests, LongChat, ShortChat, now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() };
        foreach (var statement in Statements)
            await database.ExecuteAsync(statement, values);
    }

    private const string Numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ";

    // A minute lies between two chats, half a minute between two messages of one. Odd messages are the peer's; all are seen.
    private static readonly string[] Statements =
    [
        $"""
        {Numbers} @people)
        INSERT INTO users (user_id, username, username_key, display_name, created_at)
        SELECT 'crowd-' || i, 'crowd-' || i, 'crowd-' || i, printf('Person %04d', i), 0 FROM n
        """,
        "INSERT INTO inboxes (user_key) SELECT user_key FROM users WHERE user_id LIKE 'crowd-%'",
        $"""
        CREATE TABLE large_chats AS
        {Numbers} @Chats)
        SELECT i, me.user_key AS me, peer.user_key AS peer, @now - (@Chats - i) * 60000 AS at,
            CASE i WHEN @Chats THEN @LongChat WHEN @Chats - 1 THEN @ShortChat ELSE 1 END AS size
        FROM n JOIN users me ON me.user_id = @id JOIN users peer ON peer.user_id = 'crowd-' || i
        """,
        """
        INSERT INTO conversations (conversation_id, low_key, high_key, opener_key)
        SELECT 'large-' || i, min(me, peer), max(me, peer), peer FROM large_chats ORDER BY i
        """,
        """
        INSERT INTO participants (user_key, conversation_key, peer_key, sent_count, seen_count, seen_seq, shown_seq, visible, active_version, opened_at, updated_at)
        SELECT l.me, c.conversation_key, l.peer, l.size / 2, l.size - l.size / 2, l.size, l.size, 1, l.i, 0, l.at
        FROM large_chats l JOIN conversations c ON c.conversation_id = 'large-' || l.i
        UNION ALL
        SELECT l.peer, c.conversation_key, l.me, l.size - l.size / 2, l.size / 2, l.size, l.size, 1, 1, 0, l.at
        FROM large_chats l JOIN conversations c ON c.conversation_id = 'large-' || l.i
        """,
        $"""
        {Numbers} @LongChat)
        INSERT INTO messages (conversation_key, seq, sender_key, sender_count, client_id, text, sent_at)
        SELECT c.conversation_key, n.i, CASE n.i % 2 WHEN 1 THEN l.peer ELSE l.me END, (n.i + 1) / 2, 'c' || n.i,
            'Message ' || n.i || substr(' with some more words, so that the lines of a chat have different lengths, as those of people have', 1, n.i * 37 % 100),
            l.at - (l.size - n.i) * 30000
        FROM large_chats l JOIN conversations c ON c.conversation_id = 'large-' || l.i JOIN n ON n.i <= l.size WHERE l.size > 1
        UNION ALL
        SELECT c.conversation_key, 1, l.peer, 1, 'c1', 'Message 1', l.at
        FROM large_chats l JOIN conversations c ON c.conversation_id = 'large-' || l.i WHERE l.size = 1
        """,
        $"""
        {Numbers} @Requests)
        INSERT INTO requests (request_id, sender_key, recipient_key, client_id, text, sent_at, expires_at, state, counted, entry, arrived_in, sender_version, recipient_version)
        SELECT 'large-' || i, u.user_key, me.user_key, 'c', 'Request ' || i || ': which map do you like best?', @now - (@Requests - i) * 60000, @now + 864000000, 0, 1, 0, 0, 1, @Chats + i
        FROM n JOIN users me ON me.user_id = @id JOIN users u ON u.user_id = 'crowd-' || (@Chats + i) ORDER BY i
        """,
        "DROP TABLE large_chats",
        "UPDATE inboxes SET version = @Chats + @Requests, pending_requests = @Requests WHERE user_key = (SELECT user_key FROM users WHERE user_id = @id)",
    ];
}
