using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>MarkSeen: the reader's unread falls, the sender's bubbles turn from blue to green.</summary>
public sealed class MarkSeenService(ChangeRunner changes, ChatFactsStore chats, MessageStore messages)
{
    public Task<MessagesSeen> MarkAsync(Caller caller, MarkSeenInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var conversationId = Arguments.Id(input.ConversationId, "conversationId");
        var seq = Arguments.Number(input.Seq, "seq", 0);

        return changes.RunAsync(caller, LockScope.OfConversation(conversationId), Mark, cancellation);

        async Task<MessagesSeen> Mark(Change change)
        {
            var chat = await chats.FindAsync(change.Session, caller.Key, conversationId, change.NowMs)
                ?? throw Errors.ConversationNotFound();
            if (seq > chat.LastSeq)
                throw Errors.InvalidArgument($"seq must be at most the conversation's last, {chat.LastSeq}.");
            return seq > chat.SeenSeq
                ? await MoveAsync(change, caller, chat, seq)
                : Seen(chat, caller, chat.SeenSeq, chat.SeenAt, chat.UnreadCount, await change.PeekAsync(caller.Key)) with { Version = 0 };
        }
    }

    private async Task<MessagesSeen> MoveAsync(Change change, Caller caller, ChatFacts chat, long seq)
    {
        var seenCount = await messages.PeerMessagesUpToAsync(change.Session, chat.ConversationKey, chat.PeerKey, seq);
        var unread = chat.PeerSentCount - seenCount;
        var delta = SeenRules.Delta(chat.UnreadCount, unread);

        var shown = SeenRules.IsShown(chat.SendsReceipts, chat.YouBlocked, chat.PeerBlocked);
        Inbox mine;
        if (shown)
        {
            (mine, var theirs) = await change.NextVersionAsync(caller.Key, delta, chat.PeerKey, default);
            await messages.NextVersionAsync(change.Session, chat.PeerKey, chat.ConversationKey, theirs.Version);
            change.Raise(chat.Peer, Seen(chat, caller, seq, change.NowMs, chat.PeerUnreadCount, theirs));
        }
        else
        {
            mine = await change.NextVersionAsync(caller.Key, delta);
        }

        var mark = new SeenMark(seq, seenCount, shown ? seq : chat.ShownSeq, change.NowMs, mine.Version);
        await messages.MarkSeenAsync(change.Session, caller.Key, chat.ConversationKey, mark);
        return change.Raise(caller.User, Seen(chat, caller, seq, change.NowMs, unread, mine));
    }

    private static MessagesSeen Seen(ChatFacts chat, Caller reader, long seq, long at, long unread, Inbox receiver) => new()
    {
        Version = receiver.Version,
        ConversationId = chat.ConversationId,
        SeenBy = reader.User.Id,
        Seq = seq,
        At = at.ToInstant(),
        UnreadCount = unread,
        Badges = receiver.Badges(),
    };
}
