using ChatHub.Server.Storage;

namespace ChatHub.Server.Outbox;

/// <summary>
/// The SQL of entries that are not delivered yet. An entry that is changed is named by its id: SQLite may use a deleted one's key
/// again. Entries of one channel, target and user are a lane.
/// </summary>
public sealed class OutboxStore(IDatabase database)
{
    /// <summary>The types that concern a user's inbox: they end with the account.</summary>
    public const string InboxEventsSql = "1, 2, 3";

    /// <summary>Of entries that one transaction changes: of more, SQL Server would lock the table, and so every sender.</summary>
    public const int Step = 1_000;

    private const string Columns = """
        entry_id, channel, target, user_key, event, peer_key, request_key, conversation_key, seq, folder, report_id, banned_until,
        occurred_at, due_at
        """;

    private const string Lane = "user_key = @user AND channel = @channel AND target = @target AND died_at IS NULL";

    private static readonly PreparedStatement Insert = new(
        $"""
        INSERT INTO outbox ({Columns})
        VALUES (@entryId, @channel, 0, @user, @event, @peer, @request, @conversation, @seq, @folder, @reportId, @bannedUntil, @occurredAt, @dueAt)
        """,
        "entryId", "channel", "user", "event", "peer", "request", "conversation", "seq", "folder", "reportId", "bannedUntil", "occurredAt", "dueAt");

    private readonly string _due = $"""
        SELECT o.entry_id, o.target, o.user_key, o.event, o.occurred_at, u.user_id
        FROM outbox o JOIN users u ON u.user_key = o.user_key
        WHERE o.channel = @channel AND o.died_at IS NULL AND o.due_at <= @now AND o.user_key NOT IN @busy
        ORDER BY o.due_at {database.Dialect.Take}
        """;

    private readonly string _head = $"""
        SELECT o.entry_key, o.entry_id, o.channel, o.target, o.user_key, o.event, o.seq, o.folder, o.report_id, o.banned_until,
               o.occurred_at, o.due_at, o.attempts,
               u.user_id, u.push_content, CASE WHEN u.removed_at IS NULL THEN 0 ELSE 1 END AS user_is_removed,
               s.user_id AS peer_id, s.display_name AS peer_display_name, CASE WHEN s.removed_at IS NULL THEN 0 ELSE 1 END AS peer_is_removed,
               CASE WHEN b.blocker_key IS NULL THEN 0 ELSE 1 END AS peer_is_blocked,
               r.request_id, r.text AS request_text, CASE WHEN r.entry = {StoredEnums.EntryMain} THEN 1 ELSE 0 END AS is_in_main,
               c.conversation_id, m.text AS message_text,
               p.muted_until, COALESCE(p.seen_seq, 0) AS seen_seq, COALESCE(p.cleared_seq, 0) AS cleared_seq,
               i.pending_requests, i.unread_conversations
        FROM outbox o
        JOIN users u ON u.user_key = o.user_key
        JOIN inboxes i ON i.user_key = o.user_key
        LEFT JOIN users s ON s.user_key = o.peer_key
        LEFT JOIN blocks b ON b.blocker_key = o.user_key AND b.blocked_key = o.peer_key
        LEFT JOIN requests r ON r.request_key = o.request_key
        LEFT JOIN conversations c ON c.conversation_key = o.conversation_key
        LEFT JOIN messages m ON m.conversation_key = o.conversation_key AND m.seq = o.seq
        LEFT JOIN participants p ON p.user_key = o.user_key AND p.conversation_key = o.conversation_key
        WHERE o.user_key = @user AND o.channel = @channel AND o.target = @target AND o.died_at IS NULL
        ORDER BY o.entry_key {database.Dialect.Take}
        """;

    private readonly string _dieElsewhere = $"""
        UPDATE outbox SET died_at = @now, last_error = @error WHERE entry_key IN (
            SELECT entry_key FROM outbox
            WHERE died_at IS NULL AND occurred_at < @before AND channel NOT IN @channels ORDER BY occurred_at {database.Dialect.Take})
        """;

    private readonly string _any = $"SELECT entry_key FROM outbox WHERE died_at IS NULL ORDER BY occurred_at {database.Dialect.Take}";

    // "+ 0" keeps SQLite from the index by due_at, with which each lane that fails would read all that is due in its channel.
    private readonly string _defer = $"""
        UPDATE outbox SET due_at = @dueAt WHERE entry_key IN (
            SELECT entry_key FROM outbox WHERE {Lane} AND due_at + 0 < @dueAt ORDER BY entry_key {database.Dialect.Take})
        """;

    public ValueTask AddAsync(DbSession session, long channel, OutboxEventType type, OutboxEvent e, long occurredAt, long dueAt) =>
        session.ExecuteAsync(
            Insert, Ids.New(), channel, e.User, (long)type, Value(e.Peer), Value(e.Request), Value(e.Conversation), Value(e.Seq), Value((long?)e.Folder), e.ReportId,
            Value(e.BannedUntil), occurredAt, dueAt);

    /// <summary>Whether anything waits, be it due or not.</summary>
    public async Task<bool> HasAnyAsync(DbSession session) => await session.ScalarAsync<long?>(_any, new { take = 1 }) is not null;

    /// <summary>The channel's entries whose time has come, but for those of the given users, the longest due first.</summary>
    public Task<List<DueEntry>> DueAsync(DbSession session, long channel, IReadOnlyCollection<long> busy, long now, int take) =>
        session.ListAsync<DueEntry>(_due, new { channel, busy, now, take });

    /// <summary>The next entry of a lane, due or not.</summary>
    public Task<OutboxItem?> HeadAsync(DbSession session, long channel, long target, long user) =>
        session.FirstAsync<OutboxItem>(_head, new { channel, target, user, take = 1 });

    /// <summary>Delivered, or not to be delivered.</summary>
    public Task<int> DeleteAsync(DbSession session, IReadOnlyCollection<string> ids) =>
        session.ExecuteAsync("DELETE FROM outbox WHERE entry_id IN @ids", new { ids });

    /// <summary>Not to be delivered yet: due when so long has passed since the event.</summary>
    public Task<int> PutOffAsync(DbSession session, IReadOnlyCollection<string> ids, TimeSpan wait) =>
        session.ExecuteAsync("UPDATE outbox SET due_at = occurred_at + @wait WHERE entry_id IN @ids", new { ids, wait = (long)wait.TotalMilliseconds });

    /// <summary>The attempt failed: the next one is later.</summary>
    public Task FailAsync(DbSession session, OutboxItem item, long dueAt, string error) =>
        session.ExecuteAsync(
            "UPDATE outbox SET attempts = attempts + 1, last_error = @error, due_at = @dueAt WHERE entry_id = @EntryId", new { item.EntryId, dueAt, error });

    /// <summary>
    /// Nothing of a lane is due before its next entry is; what is behind that one must not be looked at again and again. At most
    /// <see cref="Step"/> at once, the oldest first.
    /// </summary>
    /// <returns>How many were due earlier.</returns>
    public Task<int> DeferSomeAsync(DbSession session, OutboxItem head, long dueAt) =>
        session.ExecuteAsync(_defer, new { user = head.UserKey, channel = head.Channel, target = head.Target, dueAt, take = Step });

    /// <summary>Given up: a dead letter.</summary>
    public Task DieAsync(DbSession session, OutboxItem item, long now, string error) =>
        session.ExecuteAsync(
            "UPDATE outbox SET attempts = attempts + 1, last_error = @error, died_at = @now WHERE entry_id = @EntryId", new { item.EntryId, now, error });

    /// <summary>Entries from before an instant, of a webhook that is no longer configured, are dead letters. At most <see cref="Step"/> at once.</summary>
    public Task<int> DieElsewhereAsync(DbSession session, IReadOnlyCollection<long> channels, long before, long now, string error) =>
        session.ExecuteAsync(_dieElsewhere, new { channels, before, now, error, take = Step });

    /// <summary>Replaces an entry for all targets by one for each, if it is still there.</summary>
    public async Task SplitAsync(DbSession session, OutboxItem item, IEnumerable<long> targets)
    {
        foreach (var target in targets)
        {
            await session.ExecuteAsync(
                $"""
                INSERT INTO outbox ({Columns})
                SELECT @newId, channel, @target, user_key, event, peer_key, request_key, conversation_key, seq, folder, report_id, banned_until, occurred_at, due_at
                FROM outbox WHERE entry_id = @EntryId
                """,
                new { newId = Ids.New(), target, item.EntryId });
        }

        await DeleteAsync(session, [item.EntryId]);
    }

    private static SqlParameterValue Value(long? number) => number ?? (SqlParameterValue)(string?)null;
}
