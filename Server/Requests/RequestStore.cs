using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>The SQL of requests.</summary>
public sealed class RequestStore(IDatabase database)
{
    private const string Select = """
        SELECT r.request_key, r.request_id, r.sender_key, r.recipient_key, r.client_id, r.text, r.sent_at, r.expires_at, r.state,
               r.in_folder, r.deleted_at, r.accepted_at, r.conversation_key, c.conversation_id, r.text_changed, r.sender_version, r.recipient_version,
               s.user_id AS sender_id, s.username AS sender_username, s.display_name AS sender_display_name,
               s.avatar_url AS sender_avatar_url, s.is_verified AS sender_is_verified, s.removed_at AS sender_removed_at,
               u.user_id AS recipient_id, u.username AS recipient_username, u.display_name AS recipient_display_name,
               u.avatar_url AS recipient_avatar_url, u.is_verified AS recipient_is_verified, u.removed_at AS recipient_removed_at
        FROM requests r
        JOIN users s ON s.user_key = r.sender_key
        JOIN users u ON u.user_key = r.recipient_key
        LEFT JOIN conversations c ON c.conversation_key = r.conversation_key
        """;

    private const string Outgoing = $"{Select} WHERE r.sender_key = @user AND r.request_key < @before";
    private const string Incoming = $"{Select} WHERE r.recipient_key = @user AND r.in_folder = 1 AND r.request_key < @before";
    private const string Undue = "AND r.expires_at > @now";

    private readonly string _newestFirst = $"ORDER BY r.request_key DESC {database.Dialect.Take}";

    private readonly string _sentChanged = $"""
        {Select} WHERE r.sender_key = @user AND r.sender_version > @after AND r.sender_version <= @upTo
        ORDER BY r.sender_version {database.Dialect.Take}
        """;

    private readonly string _receivedChanged = $"""
        {Select} WHERE r.recipient_key = @user AND r.recipient_version > @after AND r.recipient_version <= @upTo
        ORDER BY r.recipient_version {database.Dialect.Take}
        """;

    private readonly string _due =
        $"SELECT request_key FROM requests WHERE state = {StoredEnums.RequestPending} AND expires_at <= @now ORDER BY expires_at {database.Dialect.Take}";

    public Task<RequestRow?> ByIdAsync(DbSession session, string id) =>
        session.FirstAsync<RequestRow>($"{Select} WHERE r.request_id = @id", new { id });

    public Task<RequestRow?> ByKeyAsync(DbSession session, long key) =>
        session.FirstAsync<RequestRow>($"{Select} WHERE r.request_key = @key", new { key });

    /// <summary>The entry in the recipient's folder whose acceptance opened this conversation, if one did.</summary>
    public Task<RequestRow?> AcceptedIntoAsync(DbSession session, long recipient, long conversation) =>
        session.FirstAsync<RequestRow>(
            $"{Select} WHERE r.recipient_key = @recipient AND r.in_folder = 1 AND r.conversation_key = @conversation",
            new { recipient, conversation });

    /// <summary>Newest first, of the given state (null: of any).</summary>
    public Task<List<RequestRow>> OutgoingAsync(DbSession session, long user, RequestState? state, long before, long now, int take) =>
        // A list of pending ones has none whose time is over; in a list of all they read expired.
        session.ListAsync<RequestRow>($"{Outgoing} {InState(state, "")} {_newestFirst}", new { user, state, before, now, take });

    /// <summary>What the recipient has an entry for, newest first, of the given state (null: of any).</summary>
    public Task<List<RequestRow>> IncomingAsync(DbSession session, long user, RequestState? state, long before, long now, int take) =>
        session.ListAsync<RequestRow>(
            $"{Incoming} {InState(state, $"AND (r.state <> {StoredEnums.RequestPending} OR r.expires_at > @now)")} {_newestFirst}", new { user, state, before, now, take });

    /// <summary>Those whose sender's view was stamped in (after, upTo], by version.</summary>
    public Task<List<RequestRow>> SentChangedAsync(DbSession session, long user, long after, long upTo, int take) =>
        session.ListAsync<RequestRow>(_sentChanged, new { user, after, upTo, take });

    /// <summary>Those whose recipient's view was stamped in (after, upTo], by version.</summary>
    public Task<List<RequestRow>> ReceivedChangedAsync(DbSession session, long user, long after, long upTo, int take) =>
        session.ListAsync<RequestRow>(_receivedChanged, new { user, after, upTo, take });

    /// <summary>Pending ones whose time is over, oldest first.</summary>
    public Task<List<long>> DueAsync(DbSession session, long now, int take) =>
        session.ListAsync<long>(_due, new { now, take });

    /// <summary>Whether the recipient deleted a request of this sender since then.</summary>
    public async Task<bool> WasDeletedSinceAsync(DbSession session, long sender, long recipient, long since) =>
        await session.ScalarAsync<long>(
            """
            SELECT COUNT(*) FROM requests
            WHERE recipient_key = @recipient AND sender_key = @sender AND deleted_at IS NOT NULL AND deleted_at > @since
            """,
            new { sender, recipient, since }) > 0;

    public async Task<long> InsertAsync(DbSession session, NewRequest request)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO requests (request_id, sender_key, recipient_key, client_id, text, sent_at, expires_at, state, counted,
                                  in_folder, accepted_at, conversation_key, sender_version, recipient_version)
            VALUES (@RequestId, @SenderKey, @RecipientKey, @ClientId, @Text, @SentAt, @ExpiresAt, @State, @Counted,
                    @InFolder, @AcceptedAt, @ConversationKey, @SenderVersion, @RecipientVersion)
            """,
            request);
        return await session.ScalarAsync<long>("SELECT request_key FROM requests WHERE request_id = @RequestId", new { request.RequestId });
    }

    /// <summary>Accepted: it has an entry again even where the recipient had deleted it.</summary>
    public Task AcceptAsync(DbSession session, long key, long conversation, long senderVersion, long recipientVersion, long now) =>
        session.ExecuteAsync(
            $"""
            UPDATE requests
            SET state = {StoredEnums.RequestAccepted}, accepted_at = @now, conversation_key = @conversation, in_folder = 1, deleted_at = NULL,
                sender_version = @senderVersion, recipient_version = @recipientVersion
            WHERE request_key = @key
            """,
            new { key, conversation, senderVersion, recipientVersion, now });

    /// <param name="session">A transaction.</param>
    /// <param name="key">The request.</param>
    /// <param name="recipientVersion">The recipient's stamp; null where their view does not change.</param>
    /// <param name="now">When.</param>
    public Task DeleteAsync(DbSession session, long key, long? recipientVersion, long now) =>
        session.ExecuteAsync(
            """
            UPDATE requests
            SET deleted_at = @now, in_folder = 0, recipient_version = COALESCE(@recipientVersion, recipient_version)
            WHERE request_key = @key
            """,
            new { key, recipientVersion, now });

    // A statement for each filter: one for all (@state IS NULL OR …) would have one plan, which suits the first that was asked for.
    private static string InState(RequestState? state, string any) => state switch
    {
        null => any,
        RequestState.Pending => $"AND r.state = @state {Undue}",
        _ => "AND r.state = @state",
    };

    /// <summary>Withdrawn or expired: the slot is free again, and the entry gone.</summary>
    public Task CloseAsync(DbSession session, long key, RequestState state, long endedAt, long senderVersion, long? recipientVersion) =>
        session.ExecuteAsync(
            """
            UPDATE requests
            SET state = @state, ended_at = @endedAt, in_folder = 0, sender_version = @senderVersion,
                recipient_version = COALESCE(@recipientVersion, recipient_version)
            WHERE request_key = @key
            """,
            new { key, state, endedAt, senderVersion, recipientVersion });
}
