using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Conversations.Emoji;
using ChatHub.Server.Safety;
using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Conversations;

/// <summary>
/// EditMessage, RemoveMessage and React: the message takes the conversation's next change, and each side that sees it gets
/// one version and one event.
/// </summary>
public sealed class MessageChangeService(
    ChangeRunner changes, ChatFactsStore chats, MessageStore messages, MessageChangeStore store, RequestTextStore requestTexts,
    IOptions<MessagingOptions> options)
{
    public Task<MessageChanged> EditAsync(Caller caller, EditMessageInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var (id, seq) = Named(input.ConversationId, input.Seq);
        var text = Arguments.Text(input.Text, "text", 1, options.Value.MessageMaxLength);
        return RunAsync(
            caller, id, seq, (message, chat, now) => MessageChangeRules.Edit(message, chat, caller.Key, text, now), cancellation);
    }

    public Task<MessageChanged> RemoveAsync(Caller caller, RemoveMessageInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var (id, seq) = Named(input.ConversationId, input.Seq);
        return RunAsync(caller, id, seq, (message, chat, now) => MessageChangeRules.Remove(message, chat, caller.Key, now), cancellation);
    }

    public Task<MessageChanged> ReactAsync(Caller caller, ReactInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var (id, seq) = Named(input.ConversationId, input.Seq);
        var emoji = input.Emoji is null ? null : RgiEmoji.Check(input.Emoji);
        return RunAsync(caller, id, seq, (message, chat, _) => MessageChangeRules.React(message, chat, caller.Key, emoji), cancellation);
    }

    private static (string ConversationId, long Seq) Named(string? conversationId, long? seq) =>
        (Arguments.Id(conversationId, "conversationId"), Arguments.Number(seq, "seq", 1));

    private Task<MessageChanged> RunAsync(
        Caller caller, string conversationId, long seq, Func<MessageRow?, ChatFacts, long, MessageRow> decide, CancellationToken cancellation)
    {
        return changes.RunAsync(caller, LockScope.OfConversation(conversationId), Run, cancellation);

        async Task<MessageChanged> Run(Change change)
        {
            var chat = await chats.FindAsync(change.Session, caller.Key, conversationId, change.NowMs) ?? throw Errors.ConversationNotFound();
            var before = await messages.FindAsync(change.Session, chat.ConversationKey, seq);
            var after = decide(before, chat, change.NowMs);
            return ReferenceEquals(before, after)
                ? Changed(chat, after, caller, chat.LastChange, await change.PeekAsync(caller.Key)) with { Version = 0 }
                : await ApplyAsync(change, caller, chat, before!, after with { Change = chat.LastChange + 1 });
        }
    }

    private async Task<MessageChanged> ApplyAsync(Change change, Caller caller, ChatFacts chat, MessageRow before, MessageRow after)
    {
        // A side that has cleared the message sees nothing of it: no event, no version.
        var (isMine, isTheirs) = (after.Seq > chat.ClearedSeq, after.Seq > chat.PeerClearedSeq);
        var (mine, theirs) = await NextVersionsAsync(change, isMine ? caller.Key : null, isTheirs ? chat.PeerKey : null);
        await store.WriteAsync(change.Session, chat.ConversationKey, before, after, change.NowMs);
        // Only its sender changes what a message says.
        if (after.Text != before.Text)
            await requestTexts.ReplaceAsync(change.Session, chat.ConversationKey, after, mine?.Version, theirs?.Version);
        if (theirs is not null)
        {
            await messages.NextVersionAsync(change.Session, chat.PeerKey, chat.ConversationKey, theirs.Version);
            change.Raise(chat.Peer, new MessageChanged
            {
                Version = theirs.Version,
                Message = after.ToContract(chat.ConversationId, chat.Peer, caller.User, chat.PeerSeenSeq, chat.ShownSeq),
                LastChange = after.Change,
                Badges = theirs.Badges(),
            });
        }

        else
        {
            // As much is written as if the peer saw it: that they cleared it must not show in the time a change takes.
            await change.RewriteAsync(chat.PeerKey);
            await messages.RewriteAsync(change.Session, chat.PeerKey, chat.ConversationKey);
        }

        if (mine is null)
            return Changed(chat, after, caller, after.Change, await change.PeekAsync(caller.Key)) with { Version = 0 };
        await messages.NextVersionAsync(change.Session, caller.Key, chat.ConversationKey, mine.Version);
        return change.Raise(caller.User, Changed(chat, after, caller, after.Change, mine));
    }

    private static async Task<(Inbox? One, Inbox? Other)> NextVersionsAsync(Change change, long? one, long? other)
    {
        if (one is { } first && other is { } second)
            return await change.NextVersionAsync(first, default, second, default);
        return (
            one is { } only ? await change.NextVersionAsync(only) : null,
            other is { } alone ? await change.NextVersionAsync(alone) : null);
    }

    private static MessageChanged Changed(ChatFacts chat, MessageRow message, Caller viewer, long lastChange, Inbox inbox) => new()
    {
        Version = inbox.Version,
        Message = message.ToContract(chat.ConversationId, viewer.User, chat.Peer, chat.SeenSeq, chat.PeerShownSeq),
        LastChange = lastChange,
        Badges = inbox.Badges(),
    };
}
