namespace ChatHub.Contracts;

/// <summary>The caller's own view of a chat. What is absent stays as it is.</summary>
public sealed record UpdateConversationInput
{
    /// <summary>The conversation's id.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Whether the peer learns what the caller has seen in this chat.</summary>
    public ReceiptSetting? SendSeenReceipts { get; init; }

    /// <summary>No notifications until then: an instant in the past unmutes, one beyond 3000-01-01 mutes until unmuted.</summary>
    public DateTimeOffset? MutedUntil { get; init; }

    /// <summary>Puts the chat into the archive, or takes it out.</summary>
    public bool? IsArchived { get; init; }

    /// <summary>Pins the chat to the beginning of the list, or unpins it; at most 20 are pinned.</summary>
    public bool? IsPinned { get; init; }
}
