namespace ChatHub.Contracts;

/// <summary>At most one of before and after; neither gives the latest page.</summary>
public sealed record GetMessagesInput
{
    /// <summary>The conversation's id.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Messages with a lower seq, the nearest ones.</summary>
    public long? Before { get; init; }

    /// <summary>Messages with a higher seq, the nearest ones.</summary>
    public long? After { get; init; }

    /// <summary>1 to 100 items, 30 by default.</summary>
    public int? Limit { get; init; }
}
