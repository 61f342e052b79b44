using ChatHub.Server.Storage;

namespace ChatHub.Server.Outbox;

/// <summary>How much waits in the outbox, for health and metrics.</summary>
/// <param name="Depth">Entries that are not delivered yet.</param>
/// <param name="DeadLetters">Entries that were given up.</param>
/// <param name="Lag">How long the oldest entry that should be delivered by now has waited; zero while there is none. One that was only put off is none of them.</param>
public sealed record OutboxBacklog(long Depth, long DeadLetters, TimeSpan Lag)
{
    /// <summary>Counts in the database: for a scrape or a check, not for each request.</summary>
    public static Task<OutboxBacklog> ReadAsync(IDatabase database, TimeProvider time, CancellationToken cancellation) =>
        database.ReadAsync(
            async session =>
            {
                var row = await session.FirstAsync<Row>(
                    """
                    SELECT COUNT(*) AS depth,
                           (SELECT MIN(l.occurred_at) FROM outbox l WHERE l.died_at IS NULL AND (l.due_at <= @now OR l.attempts > 0)) AS oldest,
                           (SELECT COUNT(*) FROM outbox d WHERE d.died_at IS NOT NULL) AS dead_letters
                    FROM outbox WHERE died_at IS NULL
                    """,
                    new { now = time.GetUtcNow().ToUnixTimeMilliseconds() });
                var waited = row?.Oldest is { } at ? time.GetUtcNow() - at.ToInstant() : TimeSpan.Zero;
                return new OutboxBacklog(row?.Depth ?? 0, row?.DeadLetters ?? 0, waited > TimeSpan.Zero ? waited : TimeSpan.Zero);
            },
            cancellation);

    private sealed record Row
    {
        public long Depth { get; init; }
        public long? Oldest { get; init; }
        public long DeadLetters { get; init; }
    }
}
