using ChatHub.Server.Storage;

namespace ChatHub.Server.Outbox;

/// <summary>The SQL of entries that were given up.</summary>
public sealed class DeadLetterStore(IDatabase database)
{
    private const string Resend = "UPDATE outbox SET died_at = NULL, attempts = 0, due_at = @now WHERE";

    private readonly string _resendSome = $"""
        {Resend} entry_key IN (SELECT entry_key FROM outbox WHERE died_at IS NOT NULL ORDER BY entry_key {database.Dialect.Take})
        """;

    private readonly string _page = $"""
        SELECT o.entry_key, o.entry_id, o.channel, o.event, u.user_id, o.occurred_at, o.died_at, o.attempts, o.last_error
        FROM outbox o JOIN users u ON u.user_key = o.user_key
        WHERE o.died_at IS NOT NULL AND o.entry_key > @after ORDER BY o.entry_key {database.Dialect.Take}
        """;

    /// <summary>Oldest first.</summary>
    public Task<List<DeadLetter>> PageAsync(DbSession session, long after, int take) =>
        session.ListAsync<DeadLetter>(_page, new { after, take });

    /// <summary>Makes one of them due again, with all attempts before it.</summary>
    /// <returns>Whether there is one.</returns>
    public async Task<bool> ResendAsync(DbSession session, string entryId, long now) =>
        await session.ExecuteAsync($"{Resend} died_at IS NOT NULL AND entry_id = @entryId", new { entryId, now }) > 0;

    /// <summary>Makes the oldest of them due again, at most <see cref="OutboxStore.Step"/> at once.</summary>
    /// <returns>How many.</returns>
    public Task<int> ResendSomeAsync(DbSession session, long now) => session.ExecuteAsync(_resendSome, new { now, take = OutboxStore.Step });
}
