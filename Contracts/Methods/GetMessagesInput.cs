namespace ChatHub.Contracts;

/// <summary>At most one of before, after and changedAfter; none gives the latest page.</summary>
public sealed record GetMessagesInput
{
    /// <summary>The conversation's id.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Messages with a lower seq, the nearest ones.</summary>
    public long? Before { get; init; }

    /// <summary>Messages with a higher seq, the nearest ones.</summary>
    public long? After { get; init; }

    /// <summary>Messages whose change is higher, by rising change: what was edited, removed or reacted to since.</summary>
    public long? ChangedAfter { get; init; }

    /// <summary>1 to 100 items, 30 by default.</summary>
    public int? Limit { get; init; }
}
