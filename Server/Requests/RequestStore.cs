using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>The SQL of requests.</summary>
public sealed class RequestStore(IDatabase database)
{
    private const string Select = """
        SELECT r.request_key, r.request_id, r.sender_key, r.recipient_key, r.client_id, r.text, r.sent_at, r.expires_at, r.state,
               r.entry, r.arrived_in, r.deleted_at, r.accepted_at, r.conversation_key, c.conversation_id, r.text_changed, r.sender_version, r.recipient_version,
               CASE WHEN one.sender_key = r.sender_key THEN 1 ELSE 2 END AS seq,
               COALESCE(sp.cleared_seq, 0) AS sender_cleared_seq, COALESCE(rp.cleared_seq, 0) AS recipient_cleared_seq,
               s.user_id AS sender_id, s.username AS sender_username, s.display_name AS sender_display_name,
               s.avatar_url AS sender_avatar_url, s.is_verified AS sender_is_verified, s.removed_at AS sender_removed_at,
               u.user_id AS recipient_id, u.username AS recipient_username, u.display_name AS recipient_display_name,
               u.avatar_url AS recipient_avatar_url, u.is_verified AS recipient_is_verified, u.removed_at AS recipient_removed_at
        FROM requests r
        JOIN users s ON s.user_key = r.sender_key
        JOIN users u ON u.user_key = r.recipient_key
        LEFT JOIN conversations c ON c.conversation_key = r.conversation_key
        LEFT JOIN messages one ON one.conversation_key = r.conversation_key AND one.seq = 1
        LEFT JOIN participants sp ON sp.user_key = r.sender_key AND sp.conversation_key = r.conversation_key
        LEFT JOIN participants rp ON rp.user_key = r.recipient_key AND rp.conversation_key = r.conversation_key
        """;

    private const string Outgoing = $"{Select} WHERE r.sender_key = @user AND r.request_key < @before";
    private const string NotPastExpiry = "AND r.expires_at > @now";

    private readonly string _newestFirst = $"ORDER BY r.request_key DESC {database.Dialect.Take}";

    private readonly string _accepted = $"""
        {Select} WHERE r.recipient_key = @user AND r.entry = {StoredEnums.EntryAccepted} AND r.request_key < @before
        ORDER BY r.request_key DESC {database.Dialect.Take}
        """;

    private readonly string _waiting = $"""
        {Select} WHERE r.recipient_key = @user AND r.entry = @entry AND r.request_key < @before AND r.expires_at > @now
        ORDER BY r.request_key DESC {database.Dialect.Take}
        """;

    private readonly string _deletableUpTo = $"""
        SELECT request_key AS [Key], request_id AS Id, recipient_key, entry, expires_at FROM requests
        WHERE recipient_key = @user AND entry = @entry AND request_key <= @upTo AND expires_at > @now
        ORDER BY request_key DESC {database.Dialect.Take}
        """;

    private readonly string _sentChanged = $"""
        {Select} WHERE r.sender_key = @user AND r.sender_version > @after AND r.sender_version <= @upTo
        ORDER BY r.sender_version {database.Dialect.Take}
        """;

    private readonly string _receivedChanged = $"""
        {Select} WHERE r.recipient_key = @user AND r.recipient_version > @after AND r.recipient_version <= @upTo
        ORDER BY r.recipient_version {database.Dialect.Take}
        """;

    private readonly string _pastExpiry =
        $"SELECT request_key FROM requests WHERE state = {StoredEnums.RequestPending} AND expires_at <= @now ORDER BY expires_at {database.Dialect.Take}";

    public Task<RequestRow?> ByIdAsync(DbSession session, string id) =>
        session.FirstAsync<RequestRow>($"{Select} WHERE r.request_id = @id", new { id });

    public Task<RequestRow?> ByKeyAsync(DbSession session, long key) =>
        session.FirstAsync<RequestRow>($"{Select} WHERE r.request_key = @key", new { key });

    /// <summary>The entry in the recipient's folder whose acceptance opened this conversation, if one did.</summary>
    public Task<RequestRow?> AcceptedIntoAsync(DbSession session, long recipient, long conversation) =>
        session.FirstAsync<RequestRow>(
            $"{Select} WHERE r.recipient_key = @recipient AND r.entry = {StoredEnums.EntryAccepted} AND r.conversation_key = @conversation",
            new { recipient, conversation });

    /// <summary>Newest first, of the given state (null: of any).</summary>
    public Task<List<RequestRow>> OutgoingAsync(DbSession session, long user, RequestState? state, long before, long now, int take) =>
        // A list of pending ones has none whose time is over; in a list of all they read expired.
        session.ListAsync<RequestRow>($"{Outgoing} {InState(state, "")} {_newestFirst}", new { user, state, before, now, take });

    /// <summary>One list of the recipient's, newest first.</summary>
    public Task<List<RequestRow>> IncomingAsync(DbSession session, long user, RequestEntry entry, long before, long now, int take) =>
        session.ListAsync<RequestRow>(entry == RequestEntry.Accepted ? _accepted : _waiting, new { user, entry, before, now, take });

    /// <summary>Those whose sender's view was stamped in (after, upTo], by version.</summary>
    public Task<List<RequestRow>> SentChangedAsync(DbSession session, long user, long after, long upTo, int take) =>
        session.ListAsync<RequestRow>(_sentChanged, new { user, after, upTo, take });

    /// <summary>Those whose recipient's view was stamped in (after, upTo], by version.</summary>
    public Task<List<RequestRow>> ReceivedChangedAsync(DbSession session, long user, long after, long upTo, int take) =>
        session.ListAsync<RequestRow>(_receivedChanged, new { user, after, upTo, take });

    /// <summary>Pending ones whose time is over, oldest first.</summary>
    public Task<List<long>> PastExpiryAsync(DbSession session, long now, int take) =>
        session.ListAsync<long>(_pastExpiry, new { now, take });

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
                                  entry, arrived_in, new_sender, accepted_at, conversation_key, sender_version, recipient_version)
            VALUES (@RequestId, @SenderKey, @RecipientKey, @ClientId, @Text, @SentAt, @ExpiresAt, @State, @Counted,
                    @Entry, @Entry, @IsFromNewAccount, @AcceptedAt, @ConversationKey, @SenderVersion, @RecipientVersion)
            """,
            request);
        return await session.ScalarAsync<long>("SELECT request_key FROM requests WHERE request_id = @RequestId", new { request.RequestId });
    }

    /// <summary>Accepted: it has an entry again even where the recipient had deleted it.</summary>
    public Task AcceptAsync(DbSession session, long key, long conversation, long senderVersion, long recipientVersion, long now) =>
        session.ExecuteAsync(
            $"""
            UPDATE requests
            SET state = {StoredEnums.RequestAccepted}, accepted_at = @now, conversation_key = @conversation, entry = {StoredEnums.EntryAccepted}, deleted_at = NULL,
                sender_version = @senderVersion, recipient_version = @recipientVersion
            WHERE request_key = @key
            """,
            new { key, conversation, senderVersion, recipientVersion, now });

    /// <summary>How many requests arrived in main since then, of new accounts or of the others.</summary>
    public Task<long> ReceivedSinceAsync(DbSession session, long recipient, bool fromNewAccounts, long since) =>
        session.ScalarAsync<long>(
            $"""
            SELECT COUNT(*) FROM requests
            WHERE recipient_key = @recipient AND arrived_in = {StoredEnums.EntryMain} AND new_sender = @fromNewAccounts AND sent_at > @since
            """,
            new { recipient, fromNewAccounts, since });

    /// <summary>When the sender last took a request to this recipient back, if that was after the given instant.</summary>
    public Task<long?> WithdrawnSinceAsync(DbSession session, long sender, long recipient, long since) =>
        session.ScalarAsync<long?>(
            $"""
            SELECT MAX(ended_at) FROM requests
            WHERE sender_key = @sender AND recipient_key = @recipient AND ended_at > @since AND state = {StoredEnums.RequestWithdrawn}
            """,
            new { sender, recipient, since });

    public async Task<FilterFacts> FilterFactsAsync(DbSession session, long sender, long recipient) =>
        (await session.FirstAsync<FilterFacts>(
            """
            SELECT h.words, s.username, s.display_name FROM users s
            LEFT JOIN hidden_words h ON h.user_key = @recipient
            WHERE s.user_key = @sender
            """,
            new { sender, recipient }))!;

    /// <summary>Of these, the recipient's that wait in main or filtered, newest first.</summary>
    public async Task<List<DeletableRow>> DeletableAsync(DbSession session, long recipient, IReadOnlyList<string> ids, long now)
    {
        // Found by their ids alone: the recipient's lists may be long.
        var rows = await session.ListAsync<DeletableRow>(
            "SELECT request_key AS [Key], request_id AS Id, recipient_key, entry, expires_at FROM requests WHERE request_id IN @ids", new { ids });
        return [.. rows.Where(row => row.RecipientKey == recipient && row.IsDeletable(now)).OrderByDescending(row => row.Key)];
    }

    /// <summary>Those in one folder that are not newer than a request, newest first.</summary>
    public Task<List<DeletableRow>> DeletableUpToAsync(DbSession session, long user, RequestEntry entry, long upTo, long now, int take) =>
        session.ListAsync<DeletableRow>(_deletableUpTo, new { user, entry, upTo, now, take });

    public Task DeleteAsync(DbSession session, IReadOnlyList<string> ids, long version, long now) =>
        session.ExecuteAsync(
            $"""
            UPDATE requests SET deleted_at = @now, entry = {StoredEnums.EntryDeleted}, recipient_version = @version
            WHERE request_id IN @ids
            """,
            new { ids, version, now });

    /// <summary>The same for all of a folder between two requests, both included.</summary>
    public Task DeleteAsync(DbSession session, long user, RequestEntry entry, long from, long upTo, long version, long now) =>
        session.ExecuteAsync(
            $"""
            UPDATE requests SET deleted_at = @now, entry = {StoredEnums.EntryDeleted}, recipient_version = @version
            WHERE recipient_key = @user AND entry = @entry AND request_key BETWEEN @from AND @upTo AND expires_at > @now
            """,
            new { user, entry, from, upTo, version, now });

    /// <summary>Back in the folder that it arrived in; it no longer counts as turned down.</summary>
    public Task RestoreAsync(DbSession session, long key, long recipientVersion) =>
        session.ExecuteAsync(
            "UPDATE requests SET deleted_at = NULL, entry = arrived_in, recipient_version = @recipientVersion WHERE request_key = @key",
            new { key, recipientVersion });

    /// <param name="session">A transaction.</param>
    /// <param name="key">The request.</param>
    /// <param name="entry">Deleted while it waits, else null.</param>
    /// <param name="recipientVersion">The recipient's stamp; null where their view does not change.</param>
    /// <param name="now">When.</param>
    public Task DeleteAsync(DbSession session, long key, RequestEntry? entry, long? recipientVersion, long now) =>
        session.ExecuteAsync(
            """
            UPDATE requests
            SET deleted_at = @now, entry = @entry, recipient_version = COALESCE(@recipientVersion, recipient_version)
            WHERE request_key = @key
            """,
            new { key, entry, recipientVersion, now });

    // A statement for each filter: one for all (@state IS NULL OR …) would have one plan, which suits the first that was asked for.
    private static string InState(RequestState? state, string any) => state switch
    {
        null => any,
        RequestState.Pending => $"AND r.state = @state {NotPastExpiry}",
        _ => "AND r.state = @state",
    };

    /// <summary>Withdrawn or expired: the slot is free again, and the entry gone.</summary>
    public Task CloseAsync(DbSession session, long key, RequestState state, long endedAt, long senderVersion, long? recipientVersion) =>
        session.ExecuteAsync(
            """
            UPDATE requests
            SET state = @state, ended_at = @endedAt, entry = NULL, sender_version = @senderVersion,
                recipient_version = COALESCE(@recipientVersion, recipient_version)
            WHERE request_key = @key
            """,
            new { key, state, endedAt, senderVersion, recipientVersion });
}
