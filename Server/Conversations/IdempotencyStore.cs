using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>What a clientId stands for: a request, or a message.</summary>
public sealed record IdempotencyRow
{
    public long? RequestKey { get; init; }
    public long? ConversationKey { get; init; }
    public long? Seq { get; init; }
}

/// <summary>Idempotency keys: one scope per sender over requests and messages, remembered for a day at least.</summary>
public sealed class IdempotencyStore(IDatabase database)
{
    /// <summary>How many keys one pruning step removes at the most.</summary>
    public const int PruneStep = 1_000;

    // Rows are in the order of time: the old ones are the first ones.
    private readonly string _prune = $"""
        DELETE FROM idempotency_keys WHERE key_number <= (
            SELECT MAX(oldest.key_number)
            FROM (SELECT key_number, created_at FROM idempotency_keys ORDER BY key_number {database.Dialect.Take}) oldest
            WHERE oldest.created_at < @before)
        """;

    public Task<IdempotencyRow?> FindAsync(DbSession session, long sender, string clientId) =>
        session.FirstAsync<IdempotencyRow>(
            "SELECT request_key, conversation_key, seq FROM idempotency_keys WHERE sender_key = @sender AND client_id = @clientId",
            new { sender, clientId });

    public Task AddRequestAsync(DbSession session, long sender, string clientId, long requestKey, long now) =>
        session.ExecuteAsync(
            """
            INSERT INTO idempotency_keys (sender_key, client_id, request_key, created_at)
            VALUES (@sender, @clientId, @requestKey, @now)
            """,
            new { sender, clientId, requestKey, now });

    public Task AddMessageAsync(DbSession session, long sender, string clientId, long conversationKey, long seq, long now) =>
        session.ExecuteAsync(
            """
            INSERT INTO idempotency_keys (sender_key, client_id, conversation_key, seq, created_at)
            VALUES (@sender, @clientId, @conversationKey, @seq, @now)
            """,
            new { sender, clientId, conversationKey, seq, now });

    /// <returns>How many were removed.</returns>
    public Task<int> PruneAsync(DbSession session, long before) =>
        session.ExecuteAsync(_prune, new { before, take = PruneStep });
}
