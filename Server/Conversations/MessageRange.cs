namespace ChatHub.Server.Conversations;

/// <summary>Which messages a page holds: seqs have no gaps, so that this is arithmetic. Pure.</summary>
/// <param name="From">The first seq.</param>
/// <param name="To">The last seq; below <paramref name="From"/> when the page is empty.</param>
/// <param name="HasMore">Whether more lie beyond, in the direction that was asked for.</param>
public readonly record struct MessageRange(long From, long To, bool HasMore)
{
    public static MessageRange After(long after, long lastSeq, int limit)
    {
        var to = Math.Min(lastSeq, after > lastSeq - limit ? lastSeq : after + limit);
        return new(Math.Min(after, lastSeq) + 1, to, to < lastSeq);
    }

    /// <param name="before">Not included; null for the latest page.</param>
    /// <param name="lastSeq">The conversation's last.</param>
    /// <param name="limit">At most so many.</param>
    public static MessageRange Before(long? before, long lastSeq, int limit)
    {
        var to = Math.Min(lastSeq, before is { } seq ? seq - 1 : lastSeq);
        var from = Math.Max(1, to - limit + 1);
        return new(from, to, from > 1);
    }
}
