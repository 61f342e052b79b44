using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>What can keep two people who have (or would have) a chat from writing in it.</summary>
public readonly record struct ChatRestrictions(
    bool CallerBanned, DateTimeOffset? BannedUntil, bool CallerOff, bool YouBlocked, bool PeerUnavailable)
{
    /// <summary>
    /// Whether the other side cannot be messaged: it blocks the caller, was removed, or has messaging off. The three look
    /// alike everywhere. SQL that needs the same uses <see cref="AvailableSql"/>.
    /// </summary>
    public static bool IsUnavailable(bool blocksCaller, bool isRemoved, MessagingPolicy policy) =>
        blocksCaller || isRemoved || policy == MessagingPolicy.Nobody;

    /// <summary>A condition on a row of users under an alias: neither removed nor with messaging off. Blocks are joined beside it.</summary>
    public static string AvailableSql(string alias) =>
        $"{alias}.removed_at IS NULL AND {alias}.messaging_policy <> {StoredEnums.PolicyNobody}";

    /// <summary>Why the caller may not write, or null. The order is the contract's.</summary>
    public ChatHubException? Refusal() =>
        CallerBanned ? Errors.Banned(BannedUntil)
        : CallerOff ? Errors.OwnMessagingOff()
        : YouBlocked ? Errors.YouBlocked()
        : PeerUnavailable ? Errors.Unavailable()
        : null;
}
