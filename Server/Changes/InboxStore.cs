using ChatHub.Server.Storage;

namespace ChatHub.Server.Changes;

/// <summary>The rows that every change goes through: versions and badges.</summary>
public sealed class InboxStore(IDatabase database)
{
    private static readonly string[] Columns =
        ["user_key", "version", "pending_requests", "unread_conversations", "unread_messages"];

    private static readonly HotStatement<Inbox> Find = new(
        $"SELECT {string.Join(", ", Columns)} FROM inboxes WHERE user_key = @user", Read, "user");

    private static readonly HotStatement<string> Removed = new(
        "SELECT user_id FROM users WHERE user_key = @user AND removed_at IS NOT NULL", row => row.Text(0), "user");

    private readonly HotStatement<Inbox> _stampOne = new(
        database.Dialect.UpdateReturning(
            "inboxes",
            """
            version = version + 1, pending_requests = pending_requests + @pending,
            unread_conversations = unread_conversations + @conversations, unread_messages = unread_messages + @messages
            """,
            "user_key = @user",
            Columns),
        Read,
        "user", "pending", "conversations", "messages");

    // Both users of a change in one statement: the most frequent of all.
    private readonly HotStatement<Inbox> _stampTwo = new(
        database.Dialect.UpdateReturning(
            "inboxes",
            """
            version = version + 1,
            pending_requests = pending_requests + CASE WHEN user_key = @first THEN @firstPending ELSE @secondPending END,
            unread_conversations = unread_conversations + CASE WHEN user_key = @first THEN @firstConversations ELSE @secondConversations END,
            unread_messages = unread_messages + CASE WHEN user_key = @first THEN @firstMessages ELSE @secondMessages END
            """,
            "user_key IN (@first, @second)",
            Columns),
        Read,
        "first", "firstPending", "firstConversations", "firstMessages", "second", "secondPending", "secondConversations", "secondMessages");

    public async Task<Inbox> ReadAsync(DbSession session, long user) =>
        await session.FirstAsync(Find, user) ?? throw Missing(user);

    /// <summary>Whether the account behind an inbox was erased.</summary>
    public async ValueTask<bool> IsRemovedAsync(DbSession session, long user) =>
        await session.FirstAsync(Removed, user) is not null;

    /// <summary>The versions of many users at once, by their ids.</summary>
    public Task<List<UserVersion>> VersionsAsync(DbSession session, string[] userIds) =>
        session.ListAsync<UserVersion>(
            """
            SELECT u.user_id, i.version, CASE WHEN u.removed_at IS NULL THEN 0 ELSE 1 END AS is_removed
            FROM users u JOIN inboxes i ON i.user_key = u.user_key WHERE u.user_id IN @userIds
            """,
            new { userIds });

    /// <summary>Takes the next version of one user.</summary>
    public async ValueTask<Inbox> StampAsync(DbSession session, long user, BadgeDelta delta) =>
        await session.FirstAsync(_stampOne, user, delta.PendingRequests, delta.UnreadConversations, delta.UnreadMessages)
        ?? throw Missing(user);

    /// <summary>Takes the next version of two users.</summary>
    public async ValueTask<(Inbox First, Inbox Second)> StampAsync(
        DbSession session, long first, BadgeDelta firstDelta, long second, BadgeDelta secondDelta)
    {
        var rows = await session.ListAsync(
            _stampTwo,
            first, firstDelta.PendingRequests, firstDelta.UnreadConversations, firstDelta.UnreadMessages,
            second, secondDelta.PendingRequests, secondDelta.UnreadConversations, secondDelta.UnreadMessages);
        if (rows is not [var one, var other])
            throw Missing(first);
        return one.UserKey == first ? (one, other) : (other, one);
    }

    private static Inbox Read(IHotRow row) => new()
    {
        UserKey = row.Number(0),
        Version = row.Number(1),
        PendingRequests = row.Number(2),
        UnreadConversations = row.Number(3),
        UnreadMessages = row.Number(4),
    };

    private static InvalidOperationException Missing(long user) => new($"User {user} has no inbox.");
}

/// <summary>How far a user's version is.</summary>
public sealed record UserVersion
{
    public string UserId { get; init; } = "";
    public long Version { get; init; }
    public bool IsRemoved { get; init; }
}
