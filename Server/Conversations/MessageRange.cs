namespace ChatHub.Server.Conversations;

/// <summary>Which messages a page holds: seqs have no gaps, so that this is arithmetic. Pure.</summary>
/// <param name="From">The first seq.</param>
/// <param name="To">The last seq; below <paramref name="From"/> when the page is empty.</param>
/// <param name="HasMore">Whether more lie beyond, in the requested direction.</param>
public readonly record struct MessageRange(long From, long To, bool HasMore)
{
    /// <param name="after">Not included.</param>
    /// <param name="clearedSeq">Up to here the caller sees nothing.</param>
    /// <param name="lastSeq">The conversation's last.</param>
    /// <param name="limit">At most so many.</param>
    public static MessageRange After(long after, long clearedSeq, long lastSeq, int limit)
    {
        var start = Math.Max(after, clearedSeq);
        var to = start > lastSeq - limit ? lastSeq : start + limit;
        return new(Math.Min(start, lastSeq) + 1, to, to < lastSeq);
    }

    /// <param name="before">Not included; null for the latest page.</param>
    /// <param name="clearedSeq">Up to here the caller sees nothing.</param>
    /// <param name="lastSeq">The conversation's last.</param>
    /// <param name="limit">At most so many.</param>
    public static MessageRange Before(long? before, long clearedSeq, long lastSeq, int limit)
    {
        var to = Math.Min(lastSeq, before is { } seq ? seq - 1 : lastSeq);
        var first = clearedSeq + 1;
        var from = Math.Max(first, to - limit + 1);
        return new(from, to, from > first);
    }
}
