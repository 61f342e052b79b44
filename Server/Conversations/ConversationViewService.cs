using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>UpdateConversation and ClearConversation: the caller's own view of a chat, of which the peer learns nothing.</summary>
public sealed class ConversationViewService(
    ChangeRunner changes, ChatFactsStore chats, ConversationStore conversations, ChatClearing clearing, ClearingStore clearings)
{
    public Task<ConversationChanged> UpdateAsync(Caller caller, UpdateConversationInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var id = Arguments.Id(input.ConversationId, "conversationId");
        if (input.SendSeenReceipts is { } receipts)
            Arguments.Known(receipts, "sendSeenReceipts");

        return changes.RunAsync(caller, LockScope.OfConversation(id), Update, cancellation);

        async Task<ConversationChanged> Update(Change change)
        {
            var row = await conversations.ByIdAsync(change.Session, caller.Key, id) ?? throw Errors.ConversationNotFound();
            var before = row.View(change.NowMs);
            var after = before.With(input, change.NowMs);
            if (after == before)
                return await clearing.ViewAsync(change, caller.User, row.ConversationKey, await change.PeekAsync(caller.Key)) with { Version = 0 };
            if (after.IsPinned && !before.IsPinned && await conversations.PinnedCountAsync(change.Session, caller.Key) >= Limits.PinnedMax)
                throw Errors.InvalidArgument($"isPinned: at most {Limits.PinnedMax} conversations can be pinned.");

            var mine = await change.NextVersionAsync(caller.Key);
            await conversations.UpdateViewAsync(change.Session, caller.Key, row.ConversationKey, after, mine.Version);
            return change.Raise(caller.User, await clearing.ViewAsync(change, caller.User, row.ConversationKey, mine));
        }
    }

    public Task<ConversationChanged> ClearAsync(Caller caller, ClearConversationInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var id = Arguments.Id(input.ConversationId, "conversationId");
        var upToSeq = Arguments.Number(input.UpToSeq, "upToSeq", 0);
        return changes.RunAsync(caller, LockScope.OfConversation(id), Clear, cancellation);

        async Task<ConversationChanged> Clear(Change change)
        {
            var chat = await chats.FindAsync(change.Session, caller.Key, id, change.NowMs) ?? throw Errors.ConversationNotFound();
            if (upToSeq > chat.LastSeq)
                throw Errors.InvalidArgument($"upToSeq must be at most the conversation's last, {chat.LastSeq}.");
            return upToSeq > chat.ClearedSeq
                ? await ClearAsync(change, caller, chat, upToSeq)
                : await clearing.ViewAsync(change, caller.User, chat.ConversationKey, await change.PeekAsync(caller.Key)) with { Version = 0 };
        }
    }

    /// <summary>It can still be reported for a while.</summary>
    private async Task<ConversationChanged> ClearAsync(Change change, Caller caller, ChatFacts chat, long upToSeq)
    {
        var changed = await clearing.ClearAsync(change, caller.User, chat, upToSeq);
        await clearings.AddAsync(change.Session, caller.Key, chat.ConversationKey, chat.ClearedSeq, upToSeq, change.NowMs);
        return changed;
    }
}
