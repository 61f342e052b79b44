using ChatHub.Contracts;
using ChatHub.Server.Conversations;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>All that decides whether one user may reach another, read in one statement.</summary>
public sealed record RelationFacts
{
    public MessagingPolicy OwnPolicy { get; init; }

    /// <summary>Since when the caller's account exists; null where its host does not say.</summary>
    public long? OwnJoinedAt { get; init; }
    public bool IsBanned { get; init; }
    public long? BannedUntil { get; init; }

    /// <summary>Null where there is no such user.</summary>
    public long? OtherKey { get; init; }
    public string OtherId { get; init; } = "";
    public bool IsSelf { get; init; }
    public MessagingPolicy Policy { get; init; }
    public string? BirthDate { get; init; }
    public bool IsVerified { get; init; }

    /// <summary>The other side's filter.</summary>
    public int MinAgeDays { get; init; }
    public bool IsRemoved { get; init; }

    /// <summary>How many push subscriptions the other side has at the most.</summary>
    public int PushCount { get; init; }
    public bool YouFollow { get; init; }
    public bool FollowsYou { get; init; }
    public bool YouBlocked { get; init; }
    public bool BlocksYou { get; init; }

    public long? ConversationKey { get; init; }
    public string? ConversationId { get; init; }

    /// <summary>The conversation is in the caller's view. It is not while it is the other side's, and empty.</summary>
    public bool ConversationVisible { get; init; }

    /// <summary>0 where there is no conversation, or an empty one.</summary>
    public long LastSeq { get; init; }

    public long? OwnRequestKey { get; init; }
    public string? OwnRequestId { get; init; }
    public long OwnRequestExpiresAt { get; init; }

    public long? TheirRequestKey { get; init; }
    public string? TheirRequestId { get; init; }
    public long TheirRequestExpiresAt { get; init; }
    public RequestEntry? TheirRequestEntry { get; init; }

    public UserRef Other => new(OtherKey ?? 0, OtherId);

    /// <summary>The conversation is in the caller's lists, be it empty.</summary>
    public bool HasConversation => ConversationKey is not null && ConversationVisible;

    /// <summary>A conversation is open. An empty one is not while their request stands, whose acceptance fills it.</summary>
    public bool IsConnected(long now) => HasConversation && (LastSeq > 0 || !TheirRequestStands(now));

    /// <summary>Their request waits where the caller sees it.</summary>
    public bool TheirRequestInFolder => TheirRequestEntry is RequestEntry.Main or RequestEntry.Filtered;

    public bool HasPendingRequest(long now) => OwnRequestKey is not null && OwnRequestExpiresAt > now;

    /// <summary>Their request stands: in whichever folder, deleted by the caller, or suppressed.</summary>
    public bool TheirRequestStands(long now) => TheirRequestKey is not null && TheirRequestExpiresAt > now;

    /// <summary>A request between the two whose time is over, and which is not written as expired yet.</summary>
    public long? DueRequestKey(long now) =>
        OwnRequestKey is not null && OwnRequestExpiresAt <= now ? OwnRequestKey
        : TheirRequestKey is not null && TheirRequestExpiresAt <= now ? TheirRequestKey
        : null;

    public ChatRestrictions Restrictions => new(
        IsBanned,
        BannedUntil.ToInstant(),
        OwnPolicy == MessagingPolicy.Nobody,
        YouBlocked,
        ChatRestrictions.IsUnavailable(BlocksYou, IsRemoved, Policy));
}
