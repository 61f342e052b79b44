using ChatHub.Server.Storage;

namespace ChatHub.Server.Changes;

/// <summary>The rows that every change goes through: versions and badges.</summary>
public sealed class InboxStore
{
    private static readonly PreparedStatement<Inbox> Find = new(
        "SELECT user_key, version, pending_requests, filtered_requests, unread_conversations, unread_messages FROM inboxes WHERE user_key = @user",
        row => new()
        {
            UserKey = row.Number(0),
            Version = row.Number(1),
            PendingRequests = row.Number(2),
            FilteredRequests = row.Number(3),
            UnreadConversations = row.Number(4),
            UnreadMessages = row.Number(5),
        },
        "user");

    private static readonly PreparedStatement<Inbox> FindTwo = new(
        $"{Find.Sql} UNION ALL {Find.Sql.Replace("@user", "@other", StringComparison.Ordinal)}", Find.Read, "user", "other");

    private static readonly PreparedStatement Move = new(
        """
        UPDATE inboxes SET version = version + 1, pending_requests = pending_requests + @pending,
            filtered_requests = filtered_requests + @filtered,
            unread_conversations = unread_conversations + @conversations, unread_messages = unread_messages + @messages
        WHERE user_key = @user
        """,
        "user", "pending", "filtered", "conversations", "messages");

    private static readonly PreparedStatement Rewrite = new(
        "UPDATE inboxes SET version = version, pending_requests = pending_requests WHERE user_key = @user", "user");

    private static readonly PreparedStatement<string> Removed = new(
        "SELECT user_id FROM users WHERE user_key = @user AND removed_at IS NOT NULL", row => row.Text(0), "user");

    public async ValueTask<Inbox> ReadAsync(DbSession session, long user) =>
        await session.FirstAsync(Find, user) ?? throw Missing(user);

    /// <summary>Whether the account behind an inbox was erased.</summary>
    public async ValueTask<bool> IsRemovedAsync(DbSession session, long user) =>
        session.Held(user)?.IsRemoved ?? await session.FirstAsync(Removed, user) is not null;

    /// <summary>The versions of many users at once, by their ids.</summary>
    public Task<List<UserVersion>> VersionsAsync(DbSession session, string[] userIds) =>
        session.ListAsync<UserVersion>(
            """
            SELECT u.user_id, i.version, CASE WHEN u.removed_at IS NULL THEN 0 ELSE 1 END AS is_removed
            FROM users u JOIN inboxes i ON i.user_key = u.user_key WHERE u.user_id IN @userIds
            """,
            new { userIds });

    /// <summary>Takes the user's next version and moves their badges.</summary>
    public async ValueTask<Inbox> NextVersionAsync(DbSession session, long user, BadgeDelta delta)
    {
        // UPDATE … RETURNING costs SQLite twice as much as these two together: it builds a table for the returned row.
        await MoveAsync(session, user, delta);
        return await ReadAsync(session, user);
    }

    /// <summary>Writes the user's row as it is, and reads it: what a change costs that takes their next version.</summary>
    public async ValueTask RewriteAsync(DbSession session, long user)
    {
        await session.ExecuteAsync(Rewrite, user);
        await ReadAsync(session, user);
    }

    /// <summary>The same for two users, the lower key first: every transaction locks these rows in this order.</summary>
    public async ValueTask<(Inbox First, Inbox Second)> NextVersionAsync(
        DbSession session, long first, BadgeDelta firstDelta, long second, BadgeDelta secondDelta)
    {
        if (second < first)
        {
            var (other, one) = await NextVersionAsync(session, second, secondDelta, first, firstDelta);
            return (one, other);
        }

        await MoveAsync(session, first, firstDelta);
        await MoveAsync(session, second, secondDelta);
        var both = await session.ListAsync(FindTwo, first, second);
        return (Of(both, first), Of(both, second));
    }

    private static ValueTask MoveAsync(DbSession session, long user, BadgeDelta delta) =>
        session.ExecuteAsync(Move, user, delta.PendingRequests, delta.FilteredRequests, delta.UnreadConversations, delta.UnreadMessages);

    private static Inbox Of(List<Inbox> inboxes, long user) => inboxes.Find(inbox => inbox.UserKey == user) ?? throw Missing(user);

    private static InvalidOperationException Missing(long user) => new($"User {user} has no inbox.");
}
