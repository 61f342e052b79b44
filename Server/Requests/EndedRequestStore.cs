using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>Removes requests after their end, and keeps the little that is read of them afterwards.</summary>
public sealed class EndedRequestStore(IDatabase database)
{
    /// <summary>How many one step removes at most.</summary>
    public const int PruneStep = 200;

    private const string Select = "SELECT request_key, sender_key, recipient_key, sender_version, recipient_version FROM requests";

    // What was turned down after its end suppresses the sender's next ones from then on.
    private readonly string _ended = $"""
        {Select} WHERE ended_at IS NOT NULL AND ended_at < @before AND (deleted_at IS NULL OR deleted_at <= @turnedDownUntil)
        ORDER BY ended_at {database.Dialect.Take}
        """;

    private readonly string _accepted = $"{Select} WHERE accepted_at IS NOT NULL AND accepted_at < @before ORDER BY accepted_at {database.Dialect.Take}";
    private readonly string _prune = database.Dialect.DeleteSome("past_requests", "request_key", "ended_at <= @since");

    /// <summary>The stamp up to which a client's state may hold requests that are gone; 0 for none.</summary>
    public Task<long> RemovedUpToAsync(DbSession session, long user) =>
        session.ScalarAsync<long>("SELECT COALESCE(MAX(version), 0) FROM removed_stamps WHERE user_key = @user", new { user });

    /// <summary>Removes those that ended before an instant, a step at a time: first those that were withdrawn or expired, then the accepted ones.</summary>
    /// <param name="session">A transaction.</param>
    /// <param name="before">The instant.</param>
    /// <param name="turnedDownUntil">What was turned down later stays: it suppresses the sender's next ones.</param>
    /// <returns>How many were removed; 0 when none are left.</returns>
    public async Task<int> RemoveAsync(DbSession session, long before, long turnedDownUntil)
    {
        var ended = await session.ListAsync<EndedRequest>(_ended, new { before, turnedDownUntil, take = PruneStep });
        var gone = ended.Count > 0 ? ended : await session.ListAsync<EndedRequest>(_accepted, new { before, take = PruneStep });
        if (gone.Count == 0)
            return 0;

        // Those that reached their recipient count in the context of the sender's next one.
        await session.ExecuteAsync(
            """
            INSERT INTO past_requests (request_key, sender_key, recipient_key, ended_at)
            SELECT request_key, sender_key, recipient_key, ended_at FROM requests
            WHERE request_key IN @keys AND ended_at IS NOT NULL AND recipient_version > 0
            """,
            new { keys = gone.Select(request => request.RequestKey) });
        foreach (var (user, version) in Stamps(gone))
            await StampAsync(session, user, version);
        return await session.ExecuteAsync("DELETE FROM requests WHERE request_key IN @keys", new { keys = gone.Select(request => request.RequestKey) });
    }

    /// <summary>Removes what no context counts any more, a step at a time.</summary>
    /// <returns>How many were removed.</returns>
    public Task<int> PruneAsync(DbSession session, long now) =>
        session.ExecuteAsync(_prune, new { since = RequestContextStore.Since(now), take = PruneStep });

    private static IEnumerable<(long User, long Version)> Stamps(List<EndedRequest> gone) =>
        gone.SelectMany(request => new[] { (User: request.SenderKey, Version: request.SenderVersion), (User: request.RecipientKey, Version: request.RecipientVersion) })
            .GroupBy(stamp => stamp.User)
            .Select(stamps => (stamps.Key, stamps.Max(stamp => stamp.Version)))
            .OrderBy(stamp => stamp.Key);

    private static async Task StampAsync(DbSession session, long user, long version)
    {
        var stamp = new { user, version };
        if (await session.ExecuteAsync("UPDATE removed_stamps SET version = CASE WHEN version < @version THEN @version ELSE version END WHERE user_key = @user", stamp) == 0)
            await session.ExecuteAsync("INSERT INTO removed_stamps (user_key, version) VALUES (@user, @version)", stamp);
    }
}
