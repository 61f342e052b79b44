using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>All that writing in a chat depends on, read in one statement: the hot path's row.</summary>
public sealed record ChatFacts
{
    public long ConversationKey { get; init; }
    public string ConversationId { get; init; } = "";

    public long SentCount { get; init; }
    public long SeenCount { get; init; }
    public long SeenSeq { get; init; }
    public long ShownSeq { get; init; }
    public long SeenAt { get; init; }
    public long ClearedSeq { get; init; }
    public long LastChange { get; init; }
    public ReceiptSetting Receipts { get; init; }
    public MessagingPolicy Policy { get; init; }
    public bool SendSeenReceipts { get; init; }
    public bool IsBanned { get; init; }
    public long? BannedUntil { get; init; }

    public long PeerKey { get; init; }
    public string PeerId { get; init; } = "";
    public long PeerSentCount { get; init; }
    public long PeerSeenCount { get; init; }
    public long PeerSeenSeq { get; init; }
    public long PeerShownSeq { get; init; }
    public long PeerClearedSeq { get; init; }
    public MessagingPolicy PeerPolicy { get; init; }
    public long? PeerRemovedAt { get; init; }

    /// <summary>The peer may have push subscriptions.</summary>
    public bool PeerHasPush { get; init; }
    public bool YouBlocked { get; init; }
    public bool PeerBlocked { get; init; }

    public UserRef Peer => new(PeerKey, PeerId);
    public long LastSeq => SentCount + PeerSentCount;
    public long UnreadCount => PeerSentCount - SeenCount;
    public long PeerUnreadCount => SentCount - PeerSeenCount;

    /// <summary>Whether the caller's marks here are receipts: the chat's own setting, or else the user's.</summary>
    public bool SendsReceipts => Receipts == ReceiptSetting.Default ? SendSeenReceipts : Receipts == ReceiptSetting.On;

    /// <summary>Whether the caller sees this message: it is there and not cleared.</summary>
    public bool Shows(long seq) => seq > ClearedSeq && seq <= LastSeq;

    public ChatRestrictions Restrictions => new(
        IsBanned,
        BannedUntil.ToInstant(),
        Policy == MessagingPolicy.Nobody,
        YouBlocked,
        ChatRestrictions.IsUnavailable(PeerBlocked, PeerRemovedAt is not null, PeerPolicy));
}
