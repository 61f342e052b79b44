using ChatHub.Server.Storage;

namespace ChatHub.Server.Changes;

/// <summary>The rows that every change goes through: versions and badges.</summary>
public sealed class InboxStore(IDatabase database)
{
    private static readonly string[] Columns =
        ["user_key", "version", "pending_requests", "unread_conversations", "unread_messages"];

    private static readonly string Select = $"SELECT {string.Join(", ", Columns)} FROM inboxes";

    private readonly string _stampOne = database.Dialect.UpdateReturning(
        "inboxes",
        """
        version = version + 1, pending_requests = pending_requests + @pending,
        unread_conversations = unread_conversations + @conversations, unread_messages = unread_messages + @messages
        """,
        "user_key = @user",
        Columns);

    // Both users of a change in one statement: the most frequent of all.
    private readonly string _stampTwo = database.Dialect.UpdateReturning(
        "inboxes",
        """
        version = version + 1,
        pending_requests = pending_requests + CASE WHEN user_key = @first THEN @firstPending ELSE @secondPending END,
        unread_conversations = unread_conversations + CASE WHEN user_key = @first THEN @firstConversations ELSE @secondConversations END,
        unread_messages = unread_messages + CASE WHEN user_key = @first THEN @firstMessages ELSE @secondMessages END
        """,
        "user_key IN (@first, @second)",
        Columns);

    public async Task<Inbox> ReadAsync(DbSession session, long user) =>
        await session.FirstAsync<Inbox>($"{Select} WHERE user_key = @user", new { user })
        ?? throw new InvalidOperationException($"User {user} has no inbox.");

    /// <summary>Whether the account behind an inbox was erased.</summary>
    public async Task<bool> IsRemovedAsync(DbSession session, long user) =>
        await session.ScalarAsync<long?>("SELECT removed_at FROM users WHERE user_key = @user", new { user }) is not null;

    /// <summary>The versions of many users at once, by their ids.</summary>
    public Task<List<UserVersion>> VersionsAsync(DbSession session, string[] userIds) =>
        session.ListAsync<UserVersion>(
            "SELECT u.user_id, i.version FROM users u JOIN inboxes i ON i.user_key = u.user_key WHERE u.user_id IN @userIds",
            new { userIds });

    /// <summary>Takes the next version of one user.</summary>
    public async Task<Inbox> StampAsync(DbSession session, long user, BadgeDelta delta) =>
        await session.FirstAsync<Inbox>(_stampOne, new
        {
            user,
            pending = delta.PendingRequests,
            conversations = delta.UnreadConversations,
            messages = delta.UnreadMessages,
        })
        ?? throw new InvalidOperationException($"User {user} has no inbox.");

    /// <summary>Takes the next version of two users.</summary>
    public async Task<(Inbox First, Inbox Second)> StampAsync(
        DbSession session, long first, BadgeDelta firstDelta, long second, BadgeDelta secondDelta)
    {
        var rows = await session.ListAsync<Inbox>(_stampTwo, new
        {
            first,
            second,
            firstPending = firstDelta.PendingRequests,
            firstConversations = firstDelta.UnreadConversations,
            firstMessages = firstDelta.UnreadMessages,
            secondPending = secondDelta.PendingRequests,
            secondConversations = secondDelta.UnreadConversations,
            secondMessages = secondDelta.UnreadMessages,
        });
        return rows is [var one, var other]
            ? one.UserKey == first ? (one, other) : (other, one)
            : throw new InvalidOperationException($"Users {first} and {second} have no two inboxes.");
    }
}

/// <summary>How far a user's version is.</summary>
public sealed record UserVersion
{
    public string UserId { get; init; } = "";
    public long Version { get; init; }

    public void Deconstruct(out string userId, out long version) => (userId, version) = (UserId, Version);
}
