using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>Reads <see cref="RelationFacts"/>.</summary>
public sealed class RelationStore
{
    private const string Select = $"""
        SELECT own.messaging_policy AS own_policy, own.joined_at AS own_joined_at,
               CASE WHEN ban.user_key IS NULL THEN 0 ELSE 1 END AS is_banned, ban.until AS banned_until,
               u.user_key AS other_key, u.user_id AS other_id,
               CASE WHEN u.user_key = own.user_key THEN 1 ELSE 0 END AS is_self,
               COALESCE(u.messaging_policy, 0) AS policy, u.birth_date, COALESCE(u.is_verified, 0) AS is_verified,
               COALESCE(u.min_age_days, 0) AS min_age_days, COALESCE(u.push_count, 0) AS push_count,
               CASE WHEN u.removed_at IS NULL THEN 0 ELSE 1 END AS is_removed,
               CASE WHEN f.follower_key IS NULL THEN 0 ELSE 1 END AS you_follow,
               CASE WHEN g.follower_key IS NULL THEN 0 ELSE 1 END AS follows_you,
               CASE WHEN mine.blocker_key IS NULL THEN 0 ELSE 1 END AS you_blocked,
               CASE WHEN theirs.blocker_key IS NULL THEN 0 ELSE 1 END AS blocks_you,
               c.conversation_key, c.conversation_id, COALESCE(me.visible, 0) AS conversation_visible,
               COALESCE(me.sent_count + peer.sent_count, 0) AS last_seq,
               sent.request_key AS own_request_key, sent.request_id AS own_request_id,
               COALESCE(sent.expires_at, 0) AS own_request_expires_at,
               got.request_key AS their_request_key, got.request_id AS their_request_id,
               COALESCE(got.expires_at, 0) AS their_request_expires_at, got.entry AS their_request_entry
        FROM users own
        LEFT JOIN users u ON u.user_id = @otherId
        LEFT JOIN bans ban ON ban.user_key = own.user_key AND (ban.until IS NULL OR ban.until > @now)
        LEFT JOIN follows f ON f.follower_key = own.user_key AND f.followee_key = u.user_key
        LEFT JOIN follows g ON g.follower_key = u.user_key AND g.followee_key = own.user_key
        LEFT JOIN blocks mine ON mine.blocker_key = own.user_key AND mine.blocked_key = u.user_key
        LEFT JOIN blocks theirs ON theirs.blocker_key = u.user_key AND theirs.blocked_key = own.user_key
        LEFT JOIN conversations c
            ON c.low_key = CASE WHEN own.user_key < u.user_key THEN own.user_key ELSE u.user_key END
            AND c.high_key = CASE WHEN own.user_key < u.user_key THEN u.user_key ELSE own.user_key END
        LEFT JOIN participants me ON me.user_key = own.user_key AND me.conversation_key = c.conversation_key
        LEFT JOIN participants peer ON peer.user_key = u.user_key AND peer.conversation_key = c.conversation_key
        LEFT JOIN requests sent ON sent.sender_key = own.user_key AND sent.recipient_key = u.user_key AND sent.state = {StoredEnums.RequestPending}
        LEFT JOIN requests got ON got.sender_key = u.user_key AND got.recipient_key = own.user_key AND got.state = {StoredEnums.RequestPending}
        WHERE own.user_key = @user
        """;

    public async Task<RelationFacts> ReadAsync(DbSession session, long user, string otherId, long now) =>
        await session.FirstAsync<RelationFacts>(Select, new { user, otherId, now })
        ?? throw new InvalidOperationException($"User {user} does not exist.");
}
