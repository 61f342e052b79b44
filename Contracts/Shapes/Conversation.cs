namespace ChatHub.Contracts;

/// <summary>A chat of two, as the caller sees it.</summary>
public sealed record Conversation
{
    /// <summary>The opaque id.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The other side.</summary>
    public required UserCard Peer { get; init; }

    /// <summary>Whether messages can be sent.</summary>
    public required ConversationState State { get; init; }

    /// <summary>The seq of the last message; 0 without messages.</summary>
    public long LastSeq { get; init; }

    /// <summary>The last message; null without messages, and while all are cleared.</summary>
    public Message? LastMessage { get; init; }

    /// <summary>How many messages of the conversation the user has not seen.</summary>
    public long UnreadCount { get; init; }

    /// <summary>The caller has seen everything up to this seq.</summary>
    public long SeenSeq { get; init; }

    /// <summary>The peer has seen everything up to this seq, as far as their receipts disclose it.</summary>
    public long PeerSeenSeq { get; init; }

    /// <summary>When the conversation was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The time of the last message, or of opening: what lists of conversations are ordered by.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The number of the latest change (edit, removal, reaction) of a message of the conversation; 0 before the first.</summary>
    public long LastChange { get; init; }

    /// <summary>The caller does not see messages up to this seq any more; 0 while nothing was cleared.</summary>
    public long ClearedSeq { get; init; }

    /// <summary>Whether the peer learns what the caller has seen in this chat.</summary>
    public ReceiptSetting SendSeenReceipts { get; init; }

    /// <summary>No notifications until then; null when the chat is not muted.</summary>
    public DateTimeOffset? MutedUntil { get; init; }

    /// <summary>Whether the caller put the chat into the archive; the next message takes it out.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Whether the caller pinned the chat to the beginning of the list.</summary>
    public bool IsPinned { get; init; }
}
