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

    /// <summary>The last message; null without messages.</summary>
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
}
