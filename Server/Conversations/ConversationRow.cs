using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>A conversation as one of its two sees it, with all that its shape shows.</summary>
public sealed record ConversationRow
{
    public long ConversationKey { get; init; }
    public string ConversationId { get; init; } = "";
    public long OpenedAt { get; init; }

    public long SentCount { get; init; }
    public long SeenCount { get; init; }
    public long SeenSeq { get; init; }
    public long ActiveVersion { get; init; }
    public long? QuietVersion { get; init; }
    public long UpdatedAt { get; init; }
    public long LastChange { get; init; }
    public long ClearedSeq { get; init; }
    public ReceiptSetting Receipts { get; init; }
    public long? MutedUntil { get; init; }
    public bool IsArchived { get; init; }
    public bool IsPinned { get; init; }

    public long PeerKey { get; init; }
    public long PeerSentCount { get; init; }
    public long PeerShownSeq { get; init; }
    public bool YouBlocked { get; init; }
    public bool PeerBlocked { get; init; }

    public string PeerUserId { get; init; } = "";
    public string PeerUsername { get; init; } = "";
    public string PeerDisplayName { get; init; } = "";
    public string? PeerAvatarUrl { get; init; }
    public bool PeerIsVerified { get; init; }
    public MessagingPolicy PeerPolicy { get; init; }
    public long? PeerRemovedAt { get; init; }

    public long? LastSenderKey { get; init; }
    public string LastClientId { get; init; } = "";
    public string LastText { get; init; } = "";
    public long LastSentAt { get; init; }
    public long? LastReplyToSeq { get; init; }
    public long LastMessageChange { get; init; }
    public long? LastEditedAt { get; init; }
    public long? LastRemovedAt { get; init; }
    public string? LastSenderEmoji { get; init; }
    public string? LastPeerEmoji { get; init; }

    public UserRef Peer => new(PeerKey, PeerUserId);
    public long Version => QuietVersion ?? ActiveVersion;
    public long LastSeq => SentCount + PeerSentCount;
    public long UnreadCount => PeerSentCount - SeenCount;

    /// <summary>The user's own settings of the chat; a mute that is over is none.</summary>
    public ConversationView View(long now) => new(Receipts, ConversationView.Future(MutedUntil, now), IsArchived, IsPinned);

    /// <param name="viewer">Whose row it is.</param>
    /// <param name="now">The instant of the call, in unix milliseconds.</param>
    public Conversation ToContract(UserRef viewer, long now) => new()
    {
        ConversationId = ConversationId,
        Peer = UserCardMapper.Map(PeerUserId, PeerUsername, PeerDisplayName, PeerAvatarUrl, PeerIsVerified, PeerRemovedAt),
        State = State(),
        LastSeq = LastSeq,
        LastMessage = LastSenderKey is { } sender && LastSeq > ClearedSeq ? LastMessage(viewer, sender) : null,
        UnreadCount = UnreadCount,
        SeenSeq = SeenSeq,
        PeerSeenSeq = PeerShownSeq,
        OpenedAt = OpenedAt.ToInstant(),
        UpdatedAt = UpdatedAt.ToInstant(),
        LastChange = LastChange,
        ClearedSeq = ClearedSeq,
        SendSeenReceipts = Receipts,
        MutedUntil = View(now).MutedUntil.ToInstant(),
        IsArchived = IsArchived,
        IsPinned = IsPinned,
    };

    private ConversationState State() =>
        YouBlocked ? ConversationState.YouBlocked
        : ChatRestrictions.IsUnavailable(PeerBlocked, PeerRemovedAt is not null, PeerPolicy) ? ConversationState.Unavailable
        : ConversationState.Open;

    private Message LastMessage(UserRef viewer, long sender) => new MessageRow
    {
        Seq = LastSeq,
        SenderKey = sender,
        ClientId = LastClientId,
        Text = LastText,
        SentAt = LastSentAt,
        ReplyToSeq = LastReplyToSeq,
        Change = LastMessageChange,
        EditedAt = LastEditedAt,
        RemovedAt = LastRemovedAt,
        SenderEmoji = LastSenderEmoji,
        PeerEmoji = LastPeerEmoji,
    }.ToContract(ConversationId, viewer, Peer, SeenSeq, PeerShownSeq);
}
