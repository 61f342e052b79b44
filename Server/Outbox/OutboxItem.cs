using ChatHub.Contracts;

namespace ChatHub.Server.Outbox;

/// <summary>An entry with what its delivery says of it, as it reads now.</summary>
public sealed record OutboxItem
{
    public long EntryKey { get; init; }

    /// <summary>The same at each attempt.</summary>
    public string EntryId { get; init; } = "";
    public long Channel { get; init; }
    public long Target { get; init; }
    public long UserKey { get; init; }
    public OutboxEventType Event { get; init; }
    public long? Seq { get; init; }
    public RequestFolder? Folder { get; init; }
    public string? ReportId { get; init; }
    public long? BannedUntil { get; init; }
    public long OccurredAt { get; init; }
    public long DueAt { get; init; }
    public int Attempts { get; init; }

    public string UserId { get; init; } = "";
    public PushContent PushContent { get; init; }
    public bool UserIsRemoved { get; init; }
    public string? PeerId { get; init; }
    public string? PeerDisplayName { get; init; }
    public bool PeerIsRemoved { get; init; }
    public bool PeerIsBlocked { get; init; }
    public string? RequestId { get; init; }
    public string? RequestText { get; init; }

    /// <summary>The request waits in main.</summary>
    public bool IsInMain { get; init; }
    public string? ConversationId { get; init; }
    public string? MessageText { get; init; }
    public long? MutedUntil { get; init; }
    public long SeenSeq { get; init; }
    public long ClearedSeq { get; init; }
    public long PendingRequests { get; init; }
    public long UnreadConversations { get; init; }

    /// <summary>As it reads now: an edit changes it, and a removed message has none.</summary>
    public string? Text => (Event == OutboxEventType.MessageReceived ? MessageText : RequestText) is { Length: > 0 } text ? text : null;

    public bool IsMuted(long now) => MutedUntil > now;

    /// <summary>A message that the recipient has seen or cleared meanwhile.</summary>
    public bool IsSeen => Event == OutboxEventType.MessageReceived && (SeenSeq >= Seq || ClearedSeq >= Seq);
}
