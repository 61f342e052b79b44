using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>A row of requests with both people's cards.</summary>
public sealed record RequestRow
{
    public long RequestKey { get; init; }
    public string RequestId { get; init; } = "";
    public long SenderKey { get; init; }
    public long RecipientKey { get; init; }
    public string ClientId { get; init; } = "";
    public string Text { get; init; } = "";
    public long SentAt { get; init; }
    public long ExpiresAt { get; init; }
    public RequestState State { get; init; }
    public RequestEntry? Entry { get; init; }
    public RequestEntry? ArrivedIn { get; init; }
    public long? DeletedAt { get; init; }
    public long? AcceptedAt { get; init; }
    public long? ConversationKey { get; init; }
    public string? ConversationId { get; init; }

    /// <summary>Whether the text is no longer the one that was sent.</summary>
    public bool TextChanged { get; init; }

    /// <summary>Of the message that it became; without meaning before that.</summary>
    public long Seq { get; init; }
    public long SenderClearedSeq { get; init; }
    public long RecipientClearedSeq { get; init; }
    public long SenderVersion { get; init; }
    public long RecipientVersion { get; init; }

    public string SenderId { get; init; } = "";
    public string SenderUsername { get; init; } = "";
    public string SenderDisplayName { get; init; } = "";
    public string? SenderAvatarUrl { get; init; }
    public bool SenderIsVerified { get; init; }
    public long? SenderRemovedAt { get; init; }

    public string RecipientId { get; init; } = "";
    public string RecipientUsername { get; init; } = "";
    public string RecipientDisplayName { get; init; } = "";
    public string? RecipientAvatarUrl { get; init; }
    public bool RecipientIsVerified { get; init; }
    public long? RecipientRemovedAt { get; init; }

    public UserRef Sender => new(SenderKey, SenderId);
    public UserRef Recipient => new(RecipientKey, RecipientId);

    /// <summary>The recipient had it in a list at some time. A version of theirs was never taken for any other.</summary>
    public bool HasReached => RecipientVersion > 0;

    /// <summary>Pending in the table, but its time is over.</summary>
    public bool IsPastExpiry(long now) => State == RequestState.Pending && ExpiresAt <= now;

    /// <param name="viewer">One of the two.</param>
    /// <param name="now">The instant of the call, in unix milliseconds.</param>
    public Request ToContract(long viewer, long now) => new()
    {
        RequestId = RequestId,
        Direction = viewer == SenderKey ? RequestDirection.Outgoing : RequestDirection.Incoming,
        Sender = UserCardMapper.Map(SenderId, SenderUsername, SenderDisplayName, SenderAvatarUrl, SenderIsVerified, SenderRemovedAt),
        Recipient = UserCardMapper.Map(RecipientId, RecipientUsername, RecipientDisplayName, RecipientAvatarUrl, RecipientIsVerified, RecipientRemovedAt),
        Text = IsClearedBy(viewer) ? "" : Text,
        SentAt = SentAt.ToInstant(),
        State = IsPastExpiry(now) ? RequestState.Expired : State,
        AcceptedAt = AcceptedAt.ToInstant(),
        ConversationId = ConversationId,
        Folder = viewer == RecipientKey ? Folder : null,
    };

    /// <summary>The viewer has cleared the message that it became, and reads nowhere what that says.</summary>
    private bool IsClearedBy(long viewer) => Seq <= (viewer == SenderKey ? SenderClearedSeq : RecipientClearedSeq);

    private RequestFolder? Folder =>
        Entry is RequestEntry.Main or RequestEntry.Filtered or RequestEntry.Deleted ? (RequestFolder)Entry.Value : null;
}
