using ChatHub.Contracts;
using ChatHub.Server.Conversations;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>All that decides whether one user may reach another, read in one statement.</summary>
public sealed record RelationFacts
{
    public MessagingPolicy OwnPolicy { get; init; }
    public bool IsBanned { get; init; }
    public long? BannedUntil { get; init; }

    /// <summary>Null where there is no such user.</summary>
    public long? OtherKey { get; init; }
    public string OtherId { get; init; } = "";
    public bool IsSelf { get; init; }
    public MessagingPolicy Policy { get; init; }
    public string? BirthDate { get; init; }
    public bool IsVerified { get; init; }
    public bool IsRemoved { get; init; }
    public bool YouFollow { get; init; }
    public bool FollowsYou { get; init; }
    public bool YouBlocked { get; init; }
    public bool BlocksYou { get; init; }

    public long? ConversationKey { get; init; }
    public string? ConversationId { get; init; }

    /// <summary>The conversation is in the caller's view. It is not while it is the other side's, and empty.</summary>
    public bool ConversationVisible { get; init; }

    public long? OwnRequestKey { get; init; }
    public string? OwnRequestId { get; init; }
    public long OwnRequestExpiresAt { get; init; }

    public long? TheirRequestKey { get; init; }
    public string? TheirRequestId { get; init; }
    public long TheirRequestExpiresAt { get; init; }
    public bool TheirRequestInFolder { get; init; }

    public UserRef Other => new(OtherKey ?? 0, OtherId);
    public bool IsConnected => ConversationKey is not null && ConversationVisible;

    /// <summary>The other side opened a chat and has not written yet.</summary>
    public bool OpenedByOther => ConversationKey is not null && !ConversationVisible;

    public bool HasPendingRequest(long now) => OwnRequestKey is not null && OwnRequestExpiresAt > now;

    /// <summary>Their request stands: pending, or deleted by the caller.</summary>
    public bool TheirRequestStands(long now) => TheirRequestKey is not null && TheirRequestExpiresAt > now;

    /// <summary>A request between the two whose time is over, and which is not written as expired yet.</summary>
    public long? DueRequestKey(long now) =>
        OwnRequestKey is not null && OwnRequestExpiresAt <= now ? OwnRequestKey
        : TheirRequestKey is not null && TheirRequestExpiresAt <= now ? TheirRequestKey
        : null;

    public ChatRestrictions Restrictions => new(
        IsBanned,
        BannedUntil is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null,
        OwnPolicy == MessagingPolicy.Nobody,
        YouBlocked,
        ChatRestrictions.IsUnavailable(BlocksYou, IsRemoved, Policy));
}
