using ChatHub.Contracts;

namespace ChatHub.Server.Conversations;

/// <summary>What can keep two people who have (or would have) a chat from writing in it.</summary>
public readonly record struct ChatRestrictions(
    bool CallerBanned, DateTimeOffset? BannedUntil, bool CallerOff, bool YouBlocked, bool PeerUnavailable)
{
    /// <summary>Why the caller may not write, or null. The order is the contract's.</summary>
    public ChatHubException? Refusal() =>
        CallerBanned ? Errors.Banned(BannedUntil)
        : CallerOff ? Errors.OwnMessagingOff()
        : YouBlocked ? Errors.YouBlocked()
        : PeerUnavailable ? Errors.Unavailable()
        : null;
}
