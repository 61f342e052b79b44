using ChatHub.Contracts;
using ChatHub.Server.Changes;

namespace ChatHub.Server.Conversations;

/// <summary>What can keep two people who have (or would have) a chat from writing in it.</summary>
public readonly record struct Standing(
    bool CallerBanned, DateTimeOffset? BannedUntil, bool CallerOff, bool YouBlocked, bool PeerUnavailable)
{
    /// <summary>Why the caller may not write, or null. The order is the contract's.</summary>
    public ChatHubException? Refusal() =>
        CallerBanned ? Refusals.Banned(BannedUntil)
        : CallerOff ? Refusals.OwnMessagingOff()
        : YouBlocked ? Refusals.YouBlocked()
        : PeerUnavailable ? Refusals.Unavailable()
        : null;
}
