using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>Reads <see cref="FirstMessageFacts"/>.</summary>
public sealed class FirstMessageStore
{
    private const string Select = $"""
        SELECT u.birth_date, u.is_verified, u.messaging_policy AS policy, p.visible AS peer_opened,
               CASE WHEN f.follower_key IS NULL THEN 0 ELSE 1 END AS peer_follows,
               CASE WHEN r.request_key IS NULL THEN 0 ELSE 1 END AS peer_request_stands
        FROM participants p
        JOIN users u ON u.user_key = p.user_key
        LEFT JOIN follows f ON f.follower_key = p.user_key AND f.followee_key = p.peer_key
        LEFT JOIN requests r ON r.sender_key = p.user_key AND r.recipient_key = p.peer_key
            AND r.state = {StoredEnums.RequestPending} AND r.expires_at > @now
        WHERE p.user_key = @peer AND p.conversation_key = @conversation
        """;

    public async Task<FirstMessageFacts> ReadAsync(DbSession session, long conversation, long peer, long now) =>
        await session.FirstAsync<FirstMessageFacts>(Select, new { conversation, peer, now })
        ?? throw new InvalidOperationException($"Conversation {conversation} has no participant {peer}.");
}
