using ChatHub.Contracts;
using ChatHub.Server.Changes;

namespace ChatHub.Server.Conversations;

/// <summary>Receipts and unread counts, by counters alone. Pure.</summary>
public static class SeenRules
{
    /// <summary>How many of the peer's messages there are up to a message, from that message's running count.</summary>
    public static long PeerMessagesUpTo(long seq, long senderCount, bool sentByPeer) =>
        sentByPeer ? senderCount : seq - senderCount;

    /// <summary>A mark is shown to the peer unless the reader keeps receipts off or either side blocks.</summary>
    public static bool IsShown(bool sendsReceipts, bool youBlocked, bool peerBlocked) =>
        sendsReceipts && !youBlocked && !peerBlocked;

    /// <summary>What a mark does to the reader's badges.</summary>
    public static BadgeDelta Delta(long unreadBefore, long unread) => new(
        UnreadConversations: unreadBefore > 0 && unread == 0 ? -1 : 0,
        UnreadMessages: unread - unreadBefore);

    /// <summary>Of the caller's own: whether the peer has shown to have seen it; of the peer's: whether the caller has.</summary>
    public static MessageStatus Status(long seq, bool isOwn, long seenSeq, long peerShownSeq) =>
        seq <= (isOwn ? peerShownSeq : seenSeq) ? MessageStatus.Seen : MessageStatus.Sent;
}
