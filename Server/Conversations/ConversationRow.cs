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

    public UserRef Peer => new(PeerKey, PeerUserId);
    public long Version => QuietVersion ?? ActiveVersion;
    public long LastSeq => SentCount + PeerSentCount;
    public long UnreadCount => PeerSentCount - SeenCount;

    /// <param name="viewer">Whose row it is.</param>
    public Conversation ToContract(UserRef viewer) => new()
    {
        ConversationId = ConversationId,
        Peer = UserCardMapper.Map(PeerUserId, PeerUsername, PeerDisplayName, PeerAvatarUrl, PeerIsVerified, PeerRemovedAt),
        State = State(),
        LastSeq = LastSeq,
        LastMessage = LastSenderKey is { } sender ? LastMessage(viewer, sender) : null,
        UnreadCount = UnreadCount,
        SeenSeq = SeenSeq,
        PeerSeenSeq = PeerShownSeq,
        OpenedAt = DateTimeOffset.FromUnixTimeMilliseconds(OpenedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
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
    }.ToContract(ConversationId, viewer, Peer, SeenSeq, PeerShownSeq);
}
