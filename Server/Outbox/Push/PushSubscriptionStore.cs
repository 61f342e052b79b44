using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Outbox.Push;

/// <summary>The SQL of push subscriptions. That one ends with its session is the schema's rule.</summary>
public sealed class PushSubscriptionStore
{
    // A session that has run out is deleted some time later; tokens of none end when the user is signed out.
    private const string Live = """
        SELECT p.subscription_key, p.user_key, p.device_id, p.session_key, p.endpoint, p.endpoint_hash, p.p256dh, p.auth, p.put_at
        FROM push_subscriptions p
        JOIN users u ON u.user_key = p.user_key
        LEFT JOIN sessions s ON s.session_key = p.session_key
        WHERE u.removed_at IS NULL
            AND (s.expires_at > @now OR (p.session_key IS NULL AND (u.signed_out_at IS NULL OR p.put_at > u.signed_out_at)))
        """;

    /// <summary>The user's subscriptions that have not ended, the latest put first.</summary>
    public Task<List<PushSubscriptionRow>> OfUserAsync(DbSession session, long user, long now) =>
        session.ListAsync<PushSubscriptionRow>(
            $"{Live} AND p.user_key = @user ORDER BY p.put_at DESC, p.subscription_key DESC", new { user, now });

    /// <summary>One of the user's, if it has not ended.</summary>
    public Task<PushSubscriptionRow?> FindAsync(DbSession session, long user, long key, long now) =>
        session.FirstAsync<PushSubscriptionRow>($"{Live} AND p.user_key = @user AND p.subscription_key = @key", new { user, key, now });

    /// <summary>The key of the user's session; null for one that has ended.</summary>
    public Task<long?> SessionKeyAsync(DbSession session, long user, string sessionId) =>
        session.ScalarAsync<long?>("SELECT session_key FROM sessions WHERE session_id = @sessionId AND user_key = @user", new { user, sessionId });

    /// <summary>The user whose browser has this endpoint.</summary>
    public Task<long?> OwnerAsync(DbSession session, string endpointHash) =>
        session.ScalarAsync<long?>("SELECT user_key FROM push_subscriptions WHERE endpoint_hash = @endpointHash", new { endpointHash });

    /// <summary>
    /// Adds or replaces the user's subscription of this id. A browser has one subscription: the same endpoint under another id, or of
    /// the browser's user before, is removed. Of more than ten the one put longest ago is.
    /// </summary>
    public async Task PutAsync(DbSession session, PushSubscriptionRow row)
    {
        var before = await session.ListAsync<PushSubscriptionRow>(
            "SELECT subscription_key, user_key, device_id FROM push_subscriptions WHERE endpoint_hash = @EndpointHash", row);
        foreach (var other in before.Where(other => other.UserKey != row.UserKey || other.DeviceId != row.DeviceId))
            await RemoveAsync(session, other.UserKey, other.SubscriptionKey);
        if (await session.ExecuteAsync(
            """
            UPDATE push_subscriptions
            SET session_key = @SessionKey, endpoint = @Endpoint, endpoint_hash = @EndpointHash, p256dh = @P256dh, auth = @Auth, put_at = @PutAt
            WHERE user_key = @UserKey AND device_id = @DeviceId
            """,
            row) == 0)
        {
            await session.ExecuteAsync(
                """
                INSERT INTO push_subscriptions (user_key, device_id, session_key, endpoint, endpoint_hash, p256dh, auth, put_at)
                VALUES (@UserKey, @DeviceId, @SessionKey, @Endpoint, @EndpointHash, @P256dh, @Auth, @PutAt)
                """,
                row);
        }

        var all = await session.ListAsync<long>(
            "SELECT subscription_key FROM push_subscriptions WHERE user_key = @UserKey ORDER BY put_at DESC, subscription_key DESC", row);
        foreach (var surplus in all.Skip(Limits.PushSubscriptionsMax))
            await RemoveAsync(session, row.UserKey, surplus);
        await CountAsync(session, row.UserKey);
    }

    public async Task RemoveAsync(DbSession session, long user, string deviceId)
    {
        if (await session.FirstAsync<PushSubscriptionRow>(
            "SELECT subscription_key FROM push_subscriptions WHERE user_key = @user AND device_id = @deviceId", new { user, deviceId }) is { } row)
            await RemoveAsync(session, user, row.SubscriptionKey);
    }

    /// <summary>Removes it as it was read; one whose client has put another endpoint since stays.</summary>
    /// <returns>False: it stays.</returns>
    public async Task<bool> RemoveAsync(DbSession session, PushSubscriptionRow row)
    {
        var endpoint = await session.ScalarAsync<string?>(
            "SELECT endpoint_hash FROM push_subscriptions WHERE user_key = @UserKey AND subscription_key = @SubscriptionKey", row);
        if (endpoint is not null && endpoint != row.EndpointHash)
            return false;
        await RemoveAsync(session, row.UserKey, row.SubscriptionKey);
        return true;
    }

    /// <summary>With what waits to be sent there.</summary>
    public async Task RemoveAsync(DbSession session, long user, long key)
    {
        await session.ExecuteAsync(
            $"DELETE FROM outbox WHERE user_key = @user AND channel = {OutboxChannels.PushSql} AND target = @key AND died_at IS NULL", new { user, key });
        await session.ExecuteAsync("DELETE FROM push_subscriptions WHERE user_key = @user AND subscription_key = @key", new { user, key });
        await CountAsync(session, user);
    }

    /// <summary>Counts the user's subscriptions again: those that ended with their session are still in the count.</summary>
    public Task CountAsync(DbSession session, long user) =>
        session.ExecuteAsync(
            "UPDATE users SET push_count = (SELECT COUNT(*) FROM push_subscriptions p WHERE p.user_key = @user) WHERE user_key = @user", new { user });
}
