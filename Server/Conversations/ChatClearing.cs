using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>Takes a chat's messages up to a seq out of one side's view: cleared by that user, or expired.</summary>
public sealed class ChatClearing(ConversationStore conversations, MessageStore messages, RequestTextStore requestTexts)
{
    /// <summary>What was unread among them counts as read, as by a mark with receipts off.</summary>
    /// <param name="change">The change.</param>
    /// <param name="user">Whose view it is.</param>
    /// <param name="chat">As this user has it.</param>
    /// <param name="upToSeq">Above what is cleared, and not beyond the last.</param>
    public async Task<ConversationChanged> ClearAsync(Change change, UserRef user, ChatFacts chat, long upToSeq)
    {
        var isRead = upToSeq <= chat.SeenSeq;
        var seenCount = isRead
            ? chat.SeenCount
            : await messages.PeerMessagesUpToAsync(change.Session, chat.ConversationKey, chat.PeerKey, upToSeq);
        var mine = await change.NextVersionAsync(user.Key, SeenRules.Delta(chat.UnreadCount, chat.PeerSentCount - seenCount));
        var mark = new SeenMark(
            isRead ? chat.SeenSeq : upToSeq, seenCount, chat.ShownSeq, isRead ? chat.SeenAt : change.NowMs, mine.Version);
        await messages.MarkSeenAsync(change.Session, user.Key, chat.ConversationKey, mark);
        await conversations.ClearAsync(change.Session, user.Key, chat.ConversationKey, upToSeq);
        await requestTexts.ClearAsync(change.Session, chat.ConversationKey, user.Key, chat.ClearedSeq, upToSeq, mine.Version);
        return change.Raise(user, await ViewAsync(change, user, chat.ConversationKey, mine));
    }

    /// <summary>The chat as it now is for this user.</summary>
    public async Task<ConversationChanged> ViewAsync(Change change, UserRef user, long conversation, Inbox inbox)
    {
        var row = await conversations.ByKeyAsync(change.Session, user.Key, conversation) ?? throw Errors.ConversationNotFound();
        return new() { Version = inbox.Version, Conversation = row.ToContract(user, change.NowMs), Badges = inbox.Badges() };
    }
}
