using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Conversations.Idempotency;
using ChatHub.Server.Outbox;
using ChatHub.Server.Safety;
using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Conversations;

/// <summary>SendMessage.</summary>
public sealed class SendMessageService(
    ChangeRunner changes,
    ChatFactsStore chats,
    MessageStore messages,
    ConversationStore conversations,
    IdempotencyStore keys,
    FirstMessageStore firsts,
    AgeGate ages,
    OutboxWriter outbox,
    IOptions<MessagingOptions> options)
{
    public Task<MessageReceived> SendAsync(Caller caller, SendMessageInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var conversationId = Arguments.Id(input.ConversationId, "conversationId");
        var text = Arguments.Text(input.Text, "text", 1, options.Value.MessageMaxLength);
        var clientId = Arguments.ClientId(input.ClientId);
        long? replyToSeq = input.ReplyToSeq is null ? null : Arguments.Number(input.ReplyToSeq, "replyToSeq", 1);

        return changes.RunAsync(caller, LockScope.OfConversation(conversationId), Send, cancellation);

        async Task<MessageReceived> Send(Change change)
        {
            var chat = await chats.FindAsync(change.Session, caller.Key, conversationId, change.NowMs);
            if (await keys.FindAsync(change.Session, caller.Key, clientId, change.NowMs) is { } first)
                return await RepeatAsync(change, caller, first, chat, text, replyToSeq);
            if (chat is null)
                throw Errors.ConversationNotFound();
            if (replyToSeq is { } seq && !chat.Shows(seq))
                throw Errors.InvalidArgument("replyToSeq must be a message of this conversation.");
            if (chat.Restrictions.Refusal() is { } refusal)
                throw refusal;
            var isNewToPeer = chat.LastSeq == 0 && !(await CheckFirstAsync(change, chat)).PeerOpened;
            return await AppendAsync(change, caller, chat, isNewToPeer, new MessageRow
            {
                Seq = chat.LastSeq + 1,
                SenderKey = caller.Key,
                SenderCount = chat.SentCount + 1,
                ClientId = clientId,
                Text = text,
                SentAt = change.NowMs,
                ReplyToSeq = replyToSeq,
            });
        }
    }

    private async Task<MessageReceived> AppendAsync(Change change, Caller caller, ChatFacts chat, bool isNewToPeer, MessageRow row)
    {
        var (mine, theirs) = await change.NextVersionAsync(
            caller.Key,
            default,
            chat.PeerKey,
            new(UnreadMessages: 1, UnreadConversations: chat.PeerUnreadCount == 0 ? 1 : 0));
        await messages.AppendAsync(
            change.Session, chat.ConversationKey, row, chat.PeerKey, mine.Version, theirs.Version, change.NowMs);
        await keys.AddMessageAsync(change.Session, caller.Key, row.ClientId, chat.ConversationKey, row.Seq, change.NowMs);

        await outbox.AddAsync(change, new(OutboxEventType.MessageReceived, chat.PeerKey)
        {
            Peer = caller.Key,
            Conversation = chat.ConversationKey,
            Seq = row.Seq,
            HasPush = chat.PeerHasPush,
        });

        // New, so that neither side has seen it; the clientId is its sender's alone.
        var message = row.ToContract(chat.ConversationId, caller.User, chat.Peer, 0, 0);
        change.Raise(chat.Peer, new MessageReceived
        {
            Version = theirs.Version,
            Message = message with { ClientId = null },
            Conversation = isNewToPeer ? await ShowToPeerAsync(change, chat) : null,
            UnreadCount = chat.PeerUnreadCount + 1,
            Badges = theirs.Badges(),
        });
        return change.Raise(caller.User, new MessageReceived
        {
            Version = mine.Version,
            Message = message,
            UnreadCount = chat.UnreadCount,
            Badges = mine.Badges(),
        });
    }

    /// <summary>
    /// Message 1 of an empty chat. While a request of the peer stands, its acceptance fills the chat. If both have opened it,
    /// neither needs to be asked; else it passes the peer's privacy again.
    /// </summary>
    private async Task<FirstMessageFacts> CheckFirstAsync(Change change, ChatFacts chat)
    {
        var first = await firsts.ReadAsync(change.Session, chat.ConversationKey, chat.PeerKey, change.NowMs);
        if (first.PeerRequestStands)
            throw Errors.RequestRequired();
        if (first.PeerOpened)
            return first;
        var underAge = ages.IsUnderAge(first.BirthDate, chat.PeerId, change.Now);
        if (PrivacyPolicy.Refusal(PrivacyPolicy.Decide(underAge, first.PeerFollows, first.IsVerified, first.Policy)) is { } refusal)
            throw refusal;
        return first;
    }

    /// <summary>As the peer has it; null where it is the caller's alone.</summary>
    private async Task<Conversation?> ShowToPeerAsync(Change change, ChatFacts chat) =>
        (await conversations.ByKeyAsync(change.Session, chat.PeerKey, chat.ConversationKey))?.ToContract(chat.Peer, change.NowMs);

    private async Task<MessageReceived> RepeatAsync(
        Change change, Caller caller, IdempotencyRow first, ChatFacts? chat, string text, long? replyToSeq)
    {
        if (chat is null || first.ConversationKey != chat.ConversationKey)
            throw Errors.Conflict();
        var row = await messages.FindAsync(change.Session, chat.ConversationKey, first.Seq);
        // Once the text has changed, the one that was sent is not there to be compared.
        if (row is null || row.ReplyToSeq != replyToSeq || (row.Text != text && !row.IsTextChanged))
            throw Errors.Conflict();
        return new()
        {
            Version = 0,
            Message = (chat.Shows(row.Seq) ? row : row.WithoutContent()).ToContract(chat.ConversationId, caller.User, chat.Peer, chat.SeenSeq, chat.PeerShownSeq),
            UnreadCount = chat.UnreadCount,
            Badges = (await change.PeekAsync(caller.Key)).Badges(),
        };
    }
}
