using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>
/// Idempotency keys: one scope per sender over requests and messages, remembered for a day at least. They are kept by the
/// UTC day on which they were used, so that old ones go as a range, and a key costs one index.
/// </summary>
public sealed class IdempotencyStore(IDatabase database)
{
    /// <summary>How many keys one pruning step removes at the most.</summary>
    public const int PruneStep = 1_000;

    private const long DayMs = 24 * 60 * 60 * 1000;

    private static readonly PreparedStatement<IdempotencyRow> Find = new(
        """
        SELECT request_key, conversation_key, seq FROM idempotency_keys
        WHERE used_on = @day AND client_id = @clientId AND sender_key = @sender
        UNION ALL
        SELECT request_key, conversation_key, seq FROM idempotency_keys
        WHERE used_on = @day - 1 AND client_id = @clientId AND sender_key = @sender
        """,
        row => new()
        {
            RequestKey = row.IsNull(0) ? null : row.Number(0),
            ConversationKey = row.IsNull(1) ? null : row.Number(1),
            Seq = row.IsNull(2) ? null : row.Number(2),
        },
        "day", "sender", "clientId");

    private static readonly PreparedStatement AddMessage = new(
        """
        INSERT INTO idempotency_keys (used_on, sender_key, client_id, conversation_key, seq)
        VALUES (@day, @sender, @clientId, @conversation, @seq)
        """,
        "day", "sender", "clientId", "conversation", "seq");

    private readonly string _prune =
        database.Dialect.DeleteSome("idempotency_keys", "used_on, client_id, sender_key", "used_on < @yesterday");

    public ValueTask<IdempotencyRow?> FindAsync(DbSession session, long sender, string clientId, long now) =>
        session.FirstAsync(Find, now / DayMs, sender, Key(clientId));

    public ValueTask AddMessageAsync(DbSession session, long sender, string clientId, long conversationKey, long seq, long now) =>
        session.ExecuteAsync(AddMessage, now / DayMs, sender, Key(clientId), conversationKey, seq);

    public Task AddRequestAsync(DbSession session, long sender, string clientId, long requestKey, long now) =>
        session.ExecuteAsync(
            "INSERT INTO idempotency_keys (used_on, sender_key, client_id, request_key) VALUES (@day, @sender, @clientId, @requestKey)",
            new { day = now / DayMs, sender, clientId = Key(clientId), requestKey });

    /// <summary>Forgets keys of the days before yesterday.</summary>
    /// <returns>How many were removed.</returns>
    public Task<int> PruneAsync(DbSession session, long now) =>
        session.ExecuteAsync(_prune, new { yesterday = (now / DayMs) - 1, take = PruneStep });

    private string Key(string clientId) => database.Dialect.ExactKey(clientId);
}
