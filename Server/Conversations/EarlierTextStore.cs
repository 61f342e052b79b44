using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>
/// Texts that edits and removals replaced, kept for <see cref="KeptFor"/> so that what was said can be reported. Reports and
/// the author's own export read them; no list, event or page of messages does.
/// </summary>
public sealed class EarlierTextStore(IDatabase database)
{
    /// <summary>How long what left a user's view stays reportable.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>How many one pruning step removes at most.</summary>
    public const int PruneStep = 1_000;

    private const string Select = """
        SELECT e.seq, m.sender_key, m.sent_at, e.text, e.replaced_at
        FROM earlier_texts e
        JOIN messages m ON m.conversation_key = e.conversation_key AND m.seq = e.seq
        WHERE e.conversation_key = @conversation AND e.replaced_at > @since
        """;

    // An accepted request is the first message of its sender, and one of the first two of its conversation.
    private const string OfRequest = """
        SELECT e.seq, m.sender_key, m.sent_at, e.text, e.replaced_at
        FROM requests r
        JOIN messages m ON m.conversation_key = r.conversation_key AND m.seq <= 2 AND m.sender_key = r.sender_key AND m.sender_count = 1
        JOIN earlier_texts e ON e.conversation_key = m.conversation_key AND e.seq = m.seq
        WHERE r.request_id = @requestId AND e.replaced_at > @since
        ORDER BY e.change
        """;

    private readonly string _prune =
        database.Dialect.DeleteSome("earlier_texts", "conversation_key, seq, change", "replaced_at <= @since");

    /// <summary>The earlier texts of these messages that can still be reported, by seq, the oldest first.</summary>
    public Task<List<EarlierText>> OfAsync(DbSession session, long conversation, IReadOnlyList<long> seqs, long now) =>
        session.ListAsync<EarlierText>($"{Select} AND e.seq IN @seqs ORDER BY e.seq, e.change", new { conversation, since = Since(now), seqs });

    /// <summary>The earlier texts of an accepted request's message that can still be reported, the oldest first.</summary>
    public Task<List<EarlierText>> OfRequestAsync(DbSession session, string requestId, long now) =>
        session.ListAsync<EarlierText>(OfRequest, new { requestId, since = Since(now) });

    /// <summary>All earlier texts of a user's own messages in a conversation, by seq, the oldest first.</summary>
    public Task<List<EarlierText>> BySenderAsync(DbSession session, long conversation, long sender, long now) =>
        session.ListAsync<EarlierText>($"{Select} AND m.sender_key = @sender ORDER BY e.seq, e.change", new { conversation, sender, since = Since(now) });

    /// <summary>Keeps the text that a message had before a change.</summary>
    public Task AddAsync(DbSession session, long conversation, MessageRow before, long change, long now) =>
        session.ExecuteAsync(
            """
            INSERT INTO earlier_texts (conversation_key, seq, change, text, replaced_at)
            VALUES (@conversation, @Seq, @change, @Text, @now)
            """,
            new { conversation, before.Seq, change, before.Text, now });

    /// <summary>Removes those whose time is over.</summary>
    /// <returns>How many were removed.</returns>
    public Task<int> PruneAsync(DbSession session, long now) =>
        session.ExecuteAsync(_prune, new { since = Since(now), take = PruneStep });

    private static long Since(long now) => now - (long)KeptFor.TotalMilliseconds;
}
