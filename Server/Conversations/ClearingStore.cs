using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>What users cleared, and when: for <see cref="EarlierTextStore.KeptFor"/> they can still report it.</summary>
public sealed class ClearingStore(IDatabase database)
{
    /// <summary>How many one pruning step removes at most.</summary>
    public const int PruneStep = 1_000;

    private readonly string _prune =
        database.Dialect.DeleteSome("clearings", "user_key, conversation_key, after_seq", "cleared_at <= @since");

    /// <summary>The seq up to which a user can no longer report messages of a conversation, because they cleared them long ago; 0 for none.</summary>
    public Task<long> ReportableAfterAsync(DbSession session, long user, long conversation, long now) =>
        session.ScalarAsync<long>(
            """
            SELECT COALESCE(
                (SELECT MIN(after_seq) FROM clearings WHERE user_key = @user AND conversation_key = @conversation AND cleared_at > @since),
                (SELECT cleared_seq FROM participants WHERE user_key = @user AND conversation_key = @conversation),
                0)
            """,
            new { user, conversation, since = Since(now) });

    public Task AddAsync(DbSession session, long user, long conversation, long afterSeq, long upToSeq, long now) =>
        session.ExecuteAsync(
            """
            INSERT INTO clearings (user_key, conversation_key, after_seq, up_to_seq, cleared_at)
            VALUES (@user, @conversation, @afterSeq, @upToSeq, @now)
            """,
            new { user, conversation, afterSeq, upToSeq, now });

    /// <summary>Messages up to a seq are gone, and can no longer be reported.</summary>
    public async Task ForgetAsync(DbSession session, long user, long conversation, long upToSeq)
    {
        var range = new { user, conversation, upToSeq };
        await session.ExecuteAsync("DELETE FROM clearings WHERE user_key = @user AND conversation_key = @conversation AND up_to_seq <= @upToSeq", range);
        // One at most: clearings follow each other without overlapping.
        await session.ExecuteAsync(
            "UPDATE clearings SET after_seq = @upToSeq WHERE user_key = @user AND conversation_key = @conversation AND after_seq < @upToSeq", range);
    }

    /// <summary>Removes those whose time is over.</summary>
    /// <returns>How many were removed.</returns>
    public Task<int> PruneAsync(DbSession session, long now) =>
        session.ExecuteAsync(_prune, new { since = Since(now), take = PruneStep });

    private static long Since(long now) => now - (long)EarlierTextStore.KeptFor.TotalMilliseconds;
}
